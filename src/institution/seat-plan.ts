import { type Day, instantAt, weekday } from '../platform/zone'

/** When a desk is open on one weekday and how visits follow each other there. Times 'HH:MM', closing also '24:00'. */
export interface DeskWindow {
  deskId: number
  branchId: number
  /** 1 (Monday) to 7 (Sunday). */
  weekday: number
  opens: string
  closes: string
  breaks: readonly (readonly [string, string])[]
  visitMinutes: number
  bufferMinutes: number
  validFrom: Day
  validTo: Day | null
  onHolidays: boolean
}

/** On which days a window is open. */
export type OpenWindow = Pick<DeskWindow, 'weekday' | 'validFrom' | 'validTo' | 'onHolidays'>

export interface PlannedSeat {
  startsAt: Date
  endsAt: Date
}

const msPerMinute = 60_000

/** Whether the window is open on the day at all; closures of the branch are the caller's matter. */
export function opensOn(window: OpenWindow, day: Day, isHoliday: boolean): boolean {
  return (
    window.weekday === weekday(day) &&
    window.validFrom <= day &&
    (window.validTo === null || day <= window.validTo) &&
    (window.onHolidays || !isHoliday)
  )
}

/** Breaks as instants. One inside the hour that the clock skips does not take place. */
const breaksOf = ({ breaks }: DeskWindow, at: (time: string) => number) =>
  breaks.map(([from, to]) => ({ from: at(from), to: at(to) })).filter(({ from, to }) => from < to)

/** Whether the time lies inside a window that is open on the day, and in none of its breaks. */
export function isWithin(
  window: DeskWindow,
  day: Day,
  { startsAt, endsAt }: PlannedSeat,
  timeZone: string,
): boolean {
  const at = (time: string) => instantAt(day, time, timeZone).getTime()
  const [start, end] = [startsAt.getTime(), endsAt.getTime()]
  return (
    start >= at(window.opens) &&
    end <= at(window.closes) &&
    !breaksOf(window, at).some(({ from, to }) => start < to && end > from)
  )
}

/**
 * The seats of a window on a day on which it is open, in order. The edges are clock times in the zone, the
 * steps between are real minutes: a window round the clock gives 23 or 25 hours of seats when the clock changes.
 */
export function seatsOf(window: DeskWindow, day: Day, timeZone: string): PlannedSeat[] {
  const at = (time: string) => instantAt(day, time, timeZone).getTime()
  const visit = window.visitMinutes * msPerMinute
  const step = visit + window.bufferMinutes * msPerMinute
  const closes = at(window.closes)
  const breaks = breaksOf(window, at)

  const seats: PlannedSeat[] = []
  let start = at(window.opens)
  while (start + visit <= closes) {
    const met = breaks.find(({ from, to }) => start < to && start + visit > from)
    if (met) {
      start = met.to
      continue
    }
    seats.push({ startsAt: new Date(start), endsAt: new Date(start + visit) })
    start += step
  }
  return seats
}

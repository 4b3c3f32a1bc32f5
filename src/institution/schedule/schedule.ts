import { type Day, dayOf, instantAt } from '../../platform/zone'
import { isPublicHoliday } from '../holidays'
import { type DeskWindow, isWithin, opensOn } from '../seat-plan'

/** A desk with its weekly windows; closed for good when it or its branch is not active. */
export interface Desk {
  id: number
  branchId: number
  active: boolean
  windows: readonly DeskWindow[]
}

/** Whole days, or the same hours of each day, on which the institution, a branch or one desk is closed. */
export interface Closure {
  /** Null: the whole institution. */
  branchId: number | null
  /** Null: all desks of the branch. */
  deskId: number | null
  firstDay: Day
  lastDay: Day
  /** Clock times 'HH:MM', the end also '24:00'; null: the whole day. */
  hours: readonly [string, string] | null
}

/** When desks are open: what seats are made from. */
export interface Schedule {
  timeZone: string
  desks: readonly Desk[]
  closures: readonly Closure[]
}

interface Stretch {
  startsAt: Date
  endsAt: Date
}

const isOf = ({ branchId, deskId }: Closure, desk: Desk): boolean =>
  (branchId === null || branchId === desk.branchId) && (deskId === null || deskId === desk.id)

/** Says of a desk on a day whether a stretch of time meets one of its closures. */
export function closedAt({ closures, timeZone }: Schedule, desk: Desk, day: Day): (time: Stretch) => boolean {
  const met = closures.filter(
    (closure) => isOf(closure, desk) && closure.firstDay <= day && day <= closure.lastDay,
  )
  if (met.length === 0) return () => false
  const stretches = met.map(({ hours }) => {
    const [from, to] = hours ?? ['00:00', '24:00']
    return { from: instantAt(day, from, timeZone), to: instantAt(day, to, timeZone) }
  })
  return ({ startsAt, endsAt }) => stretches.some(({ from, to }) => startsAt < to && endsAt > from)
}

/**
 * Whether the desk is open for the whole of the time: inside one window, outside its breaks and all closures.
 * What somebody has booked stands as long as this is so, whichever steps the window makes now.
 */
export function isOpenDuring(schedule: Schedule, desk: Desk, time: Stretch): boolean {
  if (!desk.active) return false
  const { timeZone } = schedule
  const day = dayOf(time.startsAt, timeZone)
  const isHoliday = isPublicHoliday(day)
  return (
    desk.windows.some((window) => opensOn(window, day, isHoliday) && isWithin(window, day, time, timeZone)) &&
    !closedAt(schedule, desk, day)(time)
  )
}

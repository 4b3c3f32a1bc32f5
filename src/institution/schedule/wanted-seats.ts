import { addDays, type Day } from '../../platform/zone'
import { isPublicHoliday } from '../holidays'
import { opensOn, type PlannedSeat, seatsOf } from '../seat-plan'
import { closedAt, type Desk, type Schedule } from './schedule'

export interface WantedSeat extends PlannedSeat {
  deskId: number
  branchId: number
}

/**
 * The seats that the schedule wants from the first to the last day, desk by desk in order. A closure takes out
 * the seats that it meets and moves no other: an absence of an hour leaves the rest of the day as it was.
 */
export function wantedSeats(schedule: Schedule, first: Day, last: Day): WantedSeat[] {
  const days: { day: Day; isHoliday: boolean }[] = []
  for (let day = first; day <= last; day = addDays(day, 1))
    days.push({ day, isHoliday: isPublicHoliday(day) })
  return schedule.desks
    .filter(({ active }) => active)
    .flatMap((desk) => days.flatMap(({ day, isHoliday }) => seatsOn(schedule, desk, day, isHoliday)))
}

function seatsOn(schedule: Schedule, desk: Desk, day: Day, isHoliday: boolean): WantedSeat[] {
  const windows = desk.windows
    .filter((window) => opensOn(window, day, isHoliday))
    .sort((one, other) => (one.opens < other.opens ? -1 : 1))
  if (windows.length === 0) return []
  const isClosed = closedAt(schedule, desk, day)
  return withoutOverlap(windows.flatMap((window) => seatsOf(window, day, schedule.timeZone)))
    .filter((seat) => !isClosed(seat))
    .map((seat) => ({ deskId: desk.id, branchId: desk.branchId, ...seat }))
}

/** Windows that touch become one when the clock skips the hour between them: the earlier seat goes first. */
function withoutOverlap(seats: readonly PlannedSeat[]): PlannedSeat[] {
  let end = 0
  return [...seats]
    .sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime())
    .filter(({ startsAt, endsAt }) => {
      if (startsAt.getTime() < end) return false
      end = endsAt.getTime()
      return true
    })
}

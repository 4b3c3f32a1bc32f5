import type { Day } from '../platform/zone'
import { type Weekday, weekdays } from './load'

/**
 * Occupancy: how many of the seats that were offered were taken.
 *
 * - **Offered** is a seat that stood until its start, whoever had it or nobody. What the schedule took back before
 *   (a closure, a desk that closed, other hours) was not offered: a free seat is gone, a booked one withdrawn. A
 *   withdrawn seat stays outside even if its visit took place after all. What is changed later changes nothing:
 *   seats of the past are never touched. A seat that is held, or that a longer visit before it covers, is offered.
 * - **Taken** is an offered seat that belongs to a visit, also to one whose client did not come: nobody else could
 *   have it. A cancelled or moved visit gives its seat back, however late, and the seat counts as not taken.
 * - A seat serves several topics, so that there is no occupancy of one topic.
 * - Totals end with yesterday. Of today and the days ahead the seats offered so far are shown apart: they can still be
 *   taken.
 */
export interface Seats {
  offered: number
  taken: number
}

export const seatsTogether = (rows: readonly Seats[]): Seats => ({
  offered: rows.reduce((sum, { offered }) => sum + offered, 0),
  taken: rows.reduce((sum, { taken }) => sum + taken, 0),
})

export const notTaken = ({ offered, taken }: Seats): number => offered - taken

/** The share that was taken, from 0 to 1; null when nothing was offered. */
export const occupancy = ({ offered, taken }: Seats): number | null =>
  offered === 0 ? null : taken / offered

/** Days that are over, and those from today on: what can still be taken is never called unused. */
export function partedByToday<Row extends { day: Day }>(
  rows: readonly Row[],
  today: Day,
): { past: Row[]; ahead: Row[] } {
  return { past: rows.filter(({ day }) => day < today), ahead: rows.filter(({ day }) => day >= today) }
}

export interface HourSeats extends Seats {
  /** 1 (Monday) to 7. */
  weekday: number
  hour: number
}

export interface OccupancyWeek {
  /** From the first to the last hour in which a seat begins. */
  hours: readonly number[]
  /** Monday to Friday, and the other days on which seats were offered; `seats` one an hour. */
  days: readonly { weekday: Weekday; seats: readonly Seats[]; all: Seats }[]
}

const none: Seats = { offered: 0, taken: 0 }

/** The seats by weekday and hour, in full rows. */
export function occupancyWeek(rows: readonly HourSeats[]): OccupancyWeek {
  if (rows.length === 0) return { hours: [], days: [] }
  const used = rows.map(({ hour }) => hour)
  const first = Math.min(...used)
  const hours = Array.from({ length: Math.max(...used) - first + 1 }, (_, n) => first + n)
  const days = weekdays.map((weekday) => {
    const of = rows.filter((row) => row.weekday === weekday)
    const seats = hours.map((hour) => of.find((row) => row.hour === hour) ?? none)
    return { weekday, seats, all: seatsTogether(of) }
  })
  return { hours, days: days.filter(({ weekday, all }) => weekday <= 5 || all.offered > 0) }
}

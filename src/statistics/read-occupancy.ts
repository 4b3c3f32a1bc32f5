import type { Db } from '../platform/db'
import { addDays, type Day } from '../platform/zone'
import type { HourSeats } from './occupancy'
import {
  type AskedSeats,
  type BranchSeats,
  type DaySeats,
  readSeatBranches,
  readSeatDays,
  readSeatHours,
} from './occupancy-store'
import type { Period } from './period'
import type { Branches } from './statistics-store'

export interface OccupancyFigures {
  /** All days of the period, those ahead too. */
  days: readonly DaySeats[]
  /** Until yesterday. */
  hours: readonly HourSeats[]
  /** Until yesterday; empty unless several branches are counted. */
  byBranch: readonly BranchSeats[]
}

/** How full the times of the period are. What counts as offered and taken: `occupancy.ts`. */
export async function readOccupancy(
  db: Db,
  { branches, period, today }: { branches: Branches; period: Period; today: Day },
): Promise<OccupancyFigures> {
  const { from, to } = period
  const past: AskedSeats = { branches, range: { from, to: to < today ? to : addDays(today, -1) } }
  const several = branches === 'all' || branches.length > 1
  const [days, hours, byBranch] = await Promise.all([
    readSeatDays(db, { branches, range: period }),
    readSeatHours(db, past),
    several ? readSeatBranches(db, past) : [],
  ])
  return { days, hours, byBranch }
}

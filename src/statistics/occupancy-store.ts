import { sql } from 'kysely'
import type { DbOrTx } from '../platform/db'
import type { Day } from '../platform/zone'
import type { HourSeats, Seats } from './occupancy'
import { type Asked, eachOf, ofBranches, withinDays } from './statistics-store'

export type AskedSeats = Pick<Asked, 'branches' | 'range'>
export type DaySeats = Seats & { day: Day }
export type BranchSeats = Seats & { branchId: number }

const sums = sql`sum(offered)::int as offered, sum(taken)::int as taken`

/** The seats of each day, in the order of days. */
export async function readSeatDays(db: DbOrTx, { branches, range }: AskedSeats): Promise<DaySeats[]> {
  const { rows } = await sql<DaySeats>`
    select day, ${sums} from seat_count
    where ${ofBranches(branches)} and ${withinDays(range)} and hour is null
    group by day order by day`.execute(db)
  return rows
}

/** The seats of all days by weekday and hour. */
export async function readSeatHours(db: DbOrTx, { branches, range }: AskedSeats): Promise<HourSeats[]> {
  const { rows } = await sql<HourSeats>`
    select extract(isodow from day)::int as weekday, hour, ${sums} from seat_count
    where ${ofBranches(branches)} and ${withinDays(range)} and hour is not null
    group by 1, 2 order by 1, 2`.execute(db)
  return rows
}

/** The seats of all days by branch, the fullest first. */
export async function readSeatBranches(db: DbOrTx, { branches, range }: AskedSeats): Promise<BranchSeats[]> {
  const { rows } = await sql<BranchSeats>`
    select branch_id as "branchId", ${sums} from seat_count
    where ${eachOf(branches)} and ${withinDays(range)} and hour is null
    group by branch_id
    order by sum(taken)::numeric / sum(offered) desc, branch_id`.execute(db)
  return rows
}

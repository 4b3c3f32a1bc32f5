import { sql } from 'kysely'
import type { DbOrTx } from '../platform/db'
import { claimable, served } from './seat-store'

export interface OfferedStart {
  startsAt: Date
  free: boolean
}

/**
 * Every start of the topic at the branch from `from` until before `to`, in order; free when a seat can be
 * claimed. Reads the unique index on (desk, start) once a desk: neither history nor other branches cost anything.
 */
export async function readStarts(
  db: DbOrTx,
  range: { branchId: number; topicId: number; from: Date; to: Date; now: Date },
): Promise<OfferedStart[]> {
  const { from, to, now } = range
  const { rows } = await sql<OfferedStart>`
    select seat.starts_at as "startsAt", bool_or(${claimable(now)}) as free
    ${served(range, sql`seat.starts_at >= ${from} and seat.starts_at < ${to}`)}
    group by seat.starts_at
    order by seat.starts_at`.execute(db)
  return rows
}

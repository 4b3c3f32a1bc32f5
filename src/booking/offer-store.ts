import { sql } from 'kysely'
import type { DbOrTx } from '../platform/db'
import { claimable } from './seat-store'

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
  const { branchId, topicId, from, to, now } = range
  const { rows } = await sql<OfferedStart>`
    select seat.starts_at as "startsAt", bool_or(${claimable(now)}) as free
    from desk
      join branch on branch.id = desk.branch_id and branch.active
      join desk_topic on desk_topic.desk_id = desk.id and desk_topic.topic_id = ${topicId}
      join topic on topic.id = desk_topic.topic_id and topic.active
      join seat on seat.desk_id = desk.id and seat.starts_at >= ${from} and seat.starts_at < ${to}
    where desk.branch_id = ${branchId} and desk.active
    group by seat.starts_at
    order by seat.starts_at`.execute(db)
  return rows
}

import { sql } from 'kysely'
import type { OpenWindow } from '../institution/seat-plan'
import type { DbOrTx } from '../platform/db'
import type { Day } from '../platform/zone'
import { claimable } from './seat-store'

export interface OfferedStart {
  startsAt: Date
  free: boolean
}

/** The starts of one desk, in no order; `starts` in seconds since 1970, `free` beside them. */
export interface DeskStarts {
  topicIds: number[]
  starts: number[]
  free: boolean[]
}

/**
 * Every start at the branch from `from` until before `to`, one row a desk: those who ask for different topics
 * share one reading. Free when the seat can be claimed; withdrawn ones are no longer offered. Reads the unique index on (desk, start) once a desk:
 * neither history nor other branches cost anything.
 */
export async function readStarts(
  db: DbOrTx,
  { branchId, from, to, now }: { branchId: number; from: Date; to: Date; now: Date },
): Promise<DeskStarts[]> {
  // JSON: the driver reads hundreds of numbers at once much faster than as many rows with dates
  const { rows } = await sql<DeskStarts>`
    select
      array(
        select topic.id from desk_topic join topic on topic.id = desk_topic.topic_id and topic.active
        where desk_topic.desk_id = desk.id
      ) as "topicIds",
      to_json(array_agg(extract(epoch from seat.starts_at)::bigint)) as starts,
      to_json(array_agg(${claimable(now)})) as free
    from desk
      join seat on seat.desk_id = desk.id and seat.starts_at >= ${from} and seat.starts_at < ${to}
        and seat.withdrawn_at is null
    where desk.branch_id = ${branchId} and desk.active and (select active from branch where id = ${branchId})
    group by desk.id`.execute(db)
  return rows
}

/** On which days, from `today` on, desks that serve the topic at the branch are open. */
export async function readOpenWindows(
  db: DbOrTx,
  { branchId, topicId, today }: { branchId: number; topicId: number; today: Day },
): Promise<OpenWindow[]> {
  const { rows } = await sql<OpenWindow>`
    select distinct weekday, valid_from as "validFrom", valid_to as "validTo", on_holidays as "onHolidays"
    from desk join desk_topic on desk_topic.desk_id = desk.id and desk_topic.topic_id = ${topicId}
      join desk_window on desk_window.desk_id = desk.id
    where desk.branch_id = ${branchId} and desk.active and (valid_to is null or valid_to >= ${today}::date)
    order by weekday, valid_from, valid_to, on_holidays`.execute(db)
  return rows
}

/** The starts of a topic, in order, each once; free when it is at one of the desks. */
export function startsOf(desks: readonly DeskStarts[], topicId: number): OfferedStart[] {
  const freeAt = new Map<number, boolean>()
  for (const { topicIds, starts, free } of desks) {
    if (!topicIds.includes(topicId)) continue
    starts.forEach((start, index) => freeAt.set(start, freeAt.get(start) === true || free[index] === true))
  }
  return [...freeAt]
    .sort(([one], [other]) => one - other)
    .map(([start, free]) => ({ startsAt: new Date(start * 1000), free }))
}

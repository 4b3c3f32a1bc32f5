import { sql } from 'kysely'
import type { DbOrTx } from '../platform/db'
import type { BranchLoad } from './expected-wait'
import { liveSince } from './presence-store'

/** How long an officer's own word on lateness counts. */
const saidLateCountsFor = 30 * 60_000

/** What goes on at a branch right now: officers at their day page or in a visit, the queue, what was said. */
export async function readBranchLoad(db: DbOrTx, branchId: number, now: Date): Promise<BranchLoad> {
  const { rows: officers } = await sql<{ topic_ids: number[]; busy_until: Date | null }>`
    with running as (
      select officer_id, max(started_at + (ends_at - starts_at)) as busy_until
      from visit where branch_id = ${branchId} and state = 'in_progress' group by officer_id
    ), there as (
      select distinct staff_id from desk_watch
        join server_process on server_process.id = desk_watch.process_id
      where branch_id = ${branchId} and server_process.seen_at >= ${liveSince(now)}
    )
    select running.busy_until,
      coalesce((select array_agg(topic_id) from staff_topic where staff_id = staff.id), '{}') as topic_ids
    from staff left join running on running.officer_id = staff.id
    where staff.id in (select officer_id from running)
      or (staff.id in (select staff_id from there) and not staff.on_break)`.execute(db)
  const queue = await db
    .selectFrom('visit')
    .select(['id', 'topic_id'])
    .where('branch_id', '=', branchId)
    .where('state', '=', 'waiting')
    .orderBy('starts_at')
    .orderBy('waiting_since')
    .execute()
  const said = await db
    .selectFrom('late_notice')
    .select('minutes')
    .where('branch_id', '=', branchId)
    .where('said_at', '>', new Date(now.getTime() - saidLateCountsFor))
    .orderBy('said_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return {
    officers: officers.map(({ topic_ids: topicIds, busy_until: busyUntil }) => ({ topicIds, busyUntil })),
    queue: queue.map(({ id, topic_id: topicId }) => ({ visitId: id, topicId })),
    saidLateMinutes: said && said.minutes > 0 ? said.minutes : null,
  }
}

import { sql } from 'kysely'
import { callEndsAt } from '../contract/call-end'
import type { DbOrTx } from '../platform/db'
import type { BranchLoad } from './expected-wait'
import { liveSince } from './presence-store'

/** How long an officer's own word on lateness counts. */
const saidLateCountsFor = 30 * 60_000
/** Whoever has just ended a visit is on the way back to the day page. */
const backAtDeskWithin = 60_000
/** Nobody waits or talks further from a visit's time; what is older or later is not looked through. */
const halfDay = 12 * 3600_000

/** What goes on at a branch right now: officers at their day page or in a visit, the queue, what was said. */
export async function readBranchLoad(db: DbOrTx, branchId: number, now: Date): Promise<BranchLoad> {
  const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds)
  const span = { branchId, from: ago(halfDay), until: ago(-halfDay) }
  const queue = await db
    .selectFrom('visit')
    .select(['id as visitId', 'topic_id as topicId'])
    .select(sql<number>`extract(epoch from ends_at - starts_at)::float8 / 60`.as('minutes'))
    .where('branch_id', '=', branchId)
    .where('starts_at', '>', span.from)
    .where('starts_at', '<', span.until)
    .where('state', '=', 'waiting')
    .orderBy('starts_at')
    .orderBy('waiting_since')
    .execute()
  const said = await db
    .selectFrom('late_notice')
    .select('minutes')
    .where('branch_id', '=', branchId)
    .where('said_at', '>', ago(saidLateCountsFor))
    .orderBy('said_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return {
    officers: await readOfficers(db, {
      ...span,
      liveSince: liveSince(now),
      endedSince: ago(backAtDeskWithin),
    }),
    queue,
    saidLateMinutes: said && said.minutes > 0 ? said.minutes : null,
  }
}

interface OfficerRow {
  topic_ids: number[]
  starts_at: Date | null
  ends_at: Date
  started_at: Date | null
  waiting_since: Date | null
}

async function readOfficers(
  db: DbOrTx,
  span: { branchId: number; from: Date; until: Date; liveSince: Date; endedSince: Date },
): Promise<BranchLoad['officers']> {
  const { rows } = await sql<OfficerRow>`
    with today as (
      select officer_id, state, starts_at, ends_at, started_at, waiting_since, ended_at
      from visit where branch_id = ${span.branchId} and starts_at > ${span.from} and starts_at < ${span.until}
    ), running as (
      select officer_id, starts_at, ends_at, started_at, waiting_since from today where state = 'in_progress'
    ), there as (
      select staff_id from desk_watch join server_process on server_process.id = desk_watch.process_id
      where branch_id = ${span.branchId} and server_process.seen_at >= ${span.liveSince}
      union select officer_id from today where ended_at > ${span.endedSince}
    )
    select running.*,
      coalesce((select array_agg(topic_id) from staff_topic where staff_id = staff.id), '{}') as topic_ids
    from staff left join running on running.officer_id = staff.id
    where running.officer_id is not null
      or (staff.id in (select staff_id from there) and not staff.on_break)`.execute(db)
  return rows.map((row) => ({ topicIds: row.topic_ids, busyUntil: busyUntil(row) }))
}

/** When the officer's present visit ends by its own clock; null when there is none. */
const busyUntil = (row: OfficerRow): Date | null =>
  row.starts_at &&
  callEndsAt({
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    waitingSince: row.waiting_since?.toISOString() ?? null,
  })

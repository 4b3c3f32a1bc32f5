import { sql } from 'kysely'
import type { Db, DbOrTx } from '../platform/db'
import type { Breaker } from './channel-breaker'
import type { ChannelName } from './message-plan'

/** What one process has seen of a channel's provider. */
export interface SeenChannel {
  channel: ChannelName
  provider: string
  breaker: Breaker
  lastSuccessAt: Date | null
  lastFailureAt: Date | null
  lastFailure: string | null
}

/** How long a process counts as sending after it last said so. */
const watchedSeconds = 30
const keptDays = 7

/** Writes down what a process sees, and forgets processes that are long gone. */
export async function saveChannelWatch(
  db: Db,
  { workerId, now, seen }: { workerId: string; now: Date; seen: readonly SeenChannel[] },
): Promise<void> {
  if (seen.length === 0) return
  const rows = seen.map(({ channel, provider, breaker, lastSuccessAt, lastFailureAt, lastFailure }) => ({
    worker_id: workerId,
    channel,
    provider,
    seen_at: now,
    paused_until: breaker.pausedUntil,
    pauses: breaker.pauses,
    last_success_at: lastSuccessAt,
    last_failure_at: lastFailureAt,
    last_failure: lastFailure,
  }))
  await db
    .insertInto('channel_watch')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['worker_id', 'channel']).doUpdateSet((row) => ({
        seen_at: row.ref('excluded.seen_at'),
        paused_until: row.ref('excluded.paused_until'),
        pauses: row.ref('excluded.pauses'),
        last_success_at: row.ref('excluded.last_success_at'),
        last_failure_at: row.ref('excluded.last_failure_at'),
        last_failure: row.ref('excluded.last_failure'),
      })),
    )
    .execute()
  const long = new Date(now.getTime() - keptDays * 86_400_000)
  await db.deleteFrom('channel_watch').where('seen_at', '<', long).execute()
}

/** A process that ends in order is not waited for. */
export async function markStopped(db: Db, workerId: string, now: Date): Promise<void> {
  await db.updateTable('channel_watch').set({ stopped_at: now }).where('worker_id', '=', workerId).execute()
}

/** How a channel fares, over all processes. */
export interface ChannelHealth {
  channel: ChannelName
  provider: string | null
  /** Processes that send on it now. */
  workers: number
  /** Of a process that lives; null while the breaker is closed. */
  pausedUntil: Date | null
  lastSuccessAt: Date | null
  lastFailureAt: Date | null
  lastFailure: string | null
  /** Waiting now, not those for later. */
  due: number
  oldestDueAt: Date | null
  /** Of the last day: taken by the provider, and given up. */
  taken: number
  refused: number
  /** Failed at least once and tried again. */
  retrying: number
}

export async function readChannelHealth(db: DbOrTx, now: Date): Promise<ChannelHealth[]> {
  const lives = sql`(stopped_at is null and seen_at > ${new Date(now.getTime() - watchedSeconds * 1000)})`
  const dayAgo = new Date(now.getTime() - 86_400_000)
  const { rows } = await sql<ChannelHealth>`
    select channel.name as channel,
      (select provider from channel_watch where channel = channel.name order by seen_at desc limit 1) as provider,
      watch.*, queue.*, day.*
    from (values ('email'), ('sms')) as channel(name),
      lateral (select count(*) filter (where ${lives})::int as workers,
          max(paused_until) filter (where ${lives} and paused_until > ${now}) as "pausedUntil",
          max(last_success_at) as "lastSuccessAt", max(last_failure_at) as "lastFailureAt",
          (array_agg(last_failure order by last_failure_at desc nulls last))[1] as "lastFailure"
        from channel_watch where channel = channel.name) as watch,
      lateral (select count(*) filter (where due_at <= ${now})::int as due,
          min(due_at) filter (where due_at <= ${now}) as "oldestDueAt",
          count(*) filter (where last_error is not null)::int as retrying
        from message where channel = channel.name and state in ('queued', 'sending')) as queue,
      lateral (select count(*) filter (where state in ('sent', 'delivered'))::int as taken,
          count(*) filter (where state in ('dead', 'undelivered'))::int as refused
        from message where channel = channel.name and finished_at is not null
          and coalesce(finished_at, due_at) > ${dayAgo} and coalesce(finished_at, due_at) <= ${now}) as day
    order by channel.name`.execute(db)
  return rows
}

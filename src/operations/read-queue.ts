import { sql } from 'kysely'
import type { Db } from '../platform/db'

export interface ChannelQueue {
  channel: 'email' | 'sms'
  /** Messages whose time has come. */
  due: number
  oldestDue: Date | null
  /** Given up within a week. */
  dead: number
  lastSent: Date | null
}

/** The outbox by channel. */
export async function readQueue(db: Db, now: Date): Promise<ChannelQueue[]> {
  const weekAgo = new Date(now.getTime() - 7 * 86_400_000)
  const { rows } = await sql<ChannelQueue>`
    select channel, due, "oldestDue", dead, "lastSent" from unnest(array['email', 'sms']) as channels(channel)
    cross join lateral (
      select count(*)::int as due, min(due_at) as "oldestDue" from message
      where message.channel = channels.channel and state in ('queued', 'sending') and due_at <= ${now}) as waiting
    cross join lateral (
      select count(*) filter (where state = 'dead')::int as dead,
        max(finished_at) filter (where state in ('sent', 'delivered', 'undelivered')) as "lastSent"
      from message where message.channel = channels.channel and finished_at > ${weekAgo}) as done`.execute(db)
  return rows
}

export interface JobStanding {
  name: string
  lastRun: Date | null
  /** Tries of a run that has failed and is tried again. */
  attempts: number
}

/** What the scheduler has written down; [] before it has run for the first time. */
export async function readJobs(db: Db): Promise<JobStanding[]> {
  const there = await sql<{ there: boolean }>`
    select to_regclass('graphile_worker._private_known_crontabs') is not null as there`.execute(db)
  if (!there.rows[0]?.there) return []
  const { rows } = await sql<JobStanding>`
    select crontab.identifier as name, crontab.last_execution as "lastRun",
      coalesce((select max(attempts) from graphile_worker.jobs
        where task_identifier = crontab.identifier and last_error is not null), 0)::int as attempts
    from graphile_worker._private_known_crontabs crontab`.execute(db)
  return rows
}

export interface SmsReports {
  last: Date | null
  /** Of the last seven days. */
  delivered: number
  undelivered: number
}

/** What the SMS provider has reported of delivered messages. */
export async function readSmsReports(db: Db, now: Date): Promise<SmsReports> {
  const weekAgo = new Date(now.getTime() - 7 * 86_400_000)
  const { rows } = await sql<SmsReports>`
    select max(finished_at) as last, count(*) filter (where state = 'delivered')::int as delivered,
      count(*) filter (where state = 'undelivered')::int as undelivered
    from message where channel = 'sms' and state in ('delivered', 'undelivered') and finished_at > ${weekAgo}`.execute(
    db,
  )
  return rows[0] ?? { last: null, delivered: 0, undelivered: 0 }
}

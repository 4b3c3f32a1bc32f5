import { sql } from 'kysely'
import { appendAudit } from '../audit/append-audit'
import { type Db, type DbOrTx, inTransaction } from '../platform/db'
import type { ChannelName } from './message-plan'

const shownDays = 30

/** Messages that were given up for one and the same cause. */
export interface DeadLetters {
  channel: ChannelName
  /** As the provider's failure was kept: codes only. */
  error: string
  count: number
  /** Of these, those that would still help. */
  helpful: number
  oldest: Date
  newest: Date
}

const atBranches = (branchIds: readonly number[] | null) =>
  branchIds ? sql`visit.branch_id = any (${[...branchIds]}::int[])` : sql`true`

const since = (now: Date) => new Date(now.getTime() - shownDays * 86_400_000)

/** What was given up within a month, by cause, most first. */
export async function findDeadLetters(
  db: DbOrTx,
  { branchIds, now }: { branchIds: readonly number[] | null; now: Date },
): Promise<DeadLetters[]> {
  const { rows } = await sql<DeadLetters>`
    select message.channel, coalesce(last_error, '') as error, count(*)::int as count,
      count(*) filter (where useless_after > ${now})::int as helpful,
      min(coalesce(finished_at, due_at)) as oldest, max(coalesce(finished_at, due_at)) as newest
    from message join visit on visit.id = message.visit_id
    where message.state in ('dead', 'undelivered', 'expired') and message.state = 'dead'
      and coalesce(finished_at, due_at) > ${since(now)} and ${atBranches(branchIds)}
    group by 1, 2
    order by count(*) desc, 1, 2`.execute(db)
  return rows
}

/**
 * Puts everything of a cause that still helps back into the queue, under the same ids: nobody has taken it, so
 * nobody gets it twice. Pressed twice, the second time finds nothing. @returns how many
 */
export const retryDeadLetters = (
  db: Db,
  cause: { channel: ChannelName; error: string; branchIds: readonly number[] | null },
  { staffId, now }: { staffId: number; now: Date },
): Promise<number> =>
  inTransaction(db, async (tx) => {
    const { channel, error, branchIds } = cause
    const result = await sql`
      update message set state = 'queued', due_at = ${now}, attempts = 0, finished_at = null
      from visit
      where visit.id = message.visit_id and message.state in ('dead', 'undelivered', 'expired')
        and message.state = 'dead' and message.channel = ${channel} and coalesce(last_error, '') = ${error}
        and coalesce(finished_at, due_at) > ${since(now)} and useless_after > ${now}
        and ${atBranches(branchIds)}`.execute(tx)
    const count = Number(result.numAffectedRows ?? 0n)
    if (count === 0) return 0
    await appendAudit(tx, {
      at: now,
      actor: { kind: 'staff', staffId },
      action: 'message.dead_retried',
      ...(branchIds?.length === 1 && { branchId: branchIds[0] ?? 0 }),
      details: { channel, error, count },
    })
    return count
  })

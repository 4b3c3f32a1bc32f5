import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../platform/db'
import { type MessageKind, obsoleteOnceMoved } from './message-plan'

/** Kinds by which the institution tells what it did to a visit. */
const news = [
  ...['moved', 'moved_sms', 'offer', 'offer_sms'],
  ...['cancelled_by_institution', 'cancelled_by_institution_sms'],
] as const satisfies readonly MessageKind[]

const kinds = (list: readonly MessageKind[]): RawBuilder<unknown> =>
  sql.join(list.map((kind) => sql.lit(kind)))

/** What the institution did to a visit, and the schedule versions before and after it. */
export interface ToldChange {
  visitId: string
  since: Date
  before: number
  after: number
}

/**
 * Whether nothing of the change has left or is leaving. The messages stay locked until the transaction ends: the
 * dispatcher passes over them, so that the answer stays true.
 */
export async function isUntold(tx: Tx, { visitId, since, after }: ToldChange): Promise<boolean> {
  const { rows } = await sql<{ untold: boolean }>`
    select state in ('queued', 'skipped') and attempts = 0 as untold from message
    where visit_id = ${visitId} and schedule_version = ${after} and kind in (${kinds(news)})
      and created_at >= ${since}
    for update`.execute(tx)
  return rows.every(({ untold }) => untold)
}

/**
 * Deletes what waits of a change that is taken back, and lets what the change had dropped wait again, for the
 * visit's `version` from here on. Call `isUntold` before.
 */
export async function takeBackNews(tx: Tx, change: ToldChange, version: number): Promise<void> {
  const { visitId, since, before, after } = change
  // Two statements: the second may write a row under the very key that the first one deletes
  await sql`
    delete from message
    where visit_id = ${visitId} and schedule_version = ${after} and state = 'queued'
      and created_at >= ${since} and kind in (${kinds([...news, ...obsoleteOnceMoved])})`.execute(tx)
  await sql`
    update message set state = 'queued', finished_at = null,
      schedule_version = case when kind = 'booked' then schedule_version else ${version} end
    where visit_id = ${visitId} and state = 'skipped' and finished_at >= ${since}
      and (kind = 'booked' or (schedule_version = ${before} and kind in (${kinds(obsoleteOnceMoved)})))`.execute(
    tx,
  )
}

/** The time that the client still believes in, while the news of a move waits; undefined when none waits. */
export async function timeBeforeUntoldMove(tx: Tx, visitId: string): Promise<Date | undefined> {
  const row = await tx
    .selectFrom('message')
    .select(sql<string>`details ->> 'oldStartsAt'`.as('oldStartsAt'))
    .where('visit_id', '=', visitId)
    .where('kind', '=', 'moved')
    .where('state', '=', 'queued')
    .where('attempts', '=', 0)
    .executeTakeFirst()
  return row && new Date(row.oldStartsAt)
}

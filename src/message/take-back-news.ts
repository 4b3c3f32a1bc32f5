import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../platform/db'
import { type MessageKind, obsoleteOnceMoved } from './message-plan'

/** Kinds by which the institution tells what it did to a visit. */
const news = [
  ...['moved', 'moved_sms', 'offer', 'offer_sms'],
  ...['cancelled_by_institution', 'cancelled_by_institution_sms'],
] as const satisfies readonly MessageKind[]

const kinds = (list: readonly MessageKind[]): RawBuilder<unknown> => sql.join(list.map((kind) => sql.lit(kind)))

/**
 * Whether nothing of what was done to the visit in this version has left or is leaving. The messages stay
 * locked until the transaction ends: the dispatcher passes over them, so that the answer stays true.
 */
export async function isUntold(
  tx: Tx,
  { visitId, scheduleVersion }: { visitId: string; scheduleVersion: number },
): Promise<boolean> {
  const { rows } = await sql<{ untold: boolean }>`
    select state in ('queued', 'skipped') and attempts = 0 as untold from message
    where visit_id = ${visitId} and schedule_version = ${scheduleVersion} and kind in (${kinds(news)})
    for update`.execute(tx)
  return rows.every(({ untold }) => untold)
}

/**
 * Deletes what waits of the version that is taken back, and lets what its change had dropped wait again, for
 * the version that follows. Call `isUntold` before.
 * @param change `before` and `after` the change, `since` when it was made; `now` the version from here on
 */
export async function takeBackNews(
  tx: Tx,
  visitId: string,
  change: { since: Date; before: number; after: number; now: number },
): Promise<void> {
  // One statement each: the second may write a row under the very key that the first one deletes
  await sql`
    delete from message
    where visit_id = ${visitId} and schedule_version = ${change.after} and state = 'queued'
      and (kind in (${kinds(news)}) or kind in (${kinds(obsoleteOnceMoved)}))`.execute(tx)
  await sql`
    update message set state = 'queued', finished_at = null,
      schedule_version = case when kind = 'booked' then schedule_version else ${change.now} end
    where visit_id = ${visitId} and state = 'skipped' and finished_at >= ${change.since}
      and (kind = 'booked' or (schedule_version = ${change.before} and kind in (${kinds(obsoleteOnceMoved)})))`.execute(
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

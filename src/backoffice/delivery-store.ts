import { sql } from 'kysely'
import { appendAudit } from '../audit/append-audit'
import { type Db, inTransaction, type Tx } from '../platform/db'
import type { DeliveryOutcome } from './delivery-outcome'
import type { SealedSecrets } from './endpoint-secret'
import type { EntryKind } from './entry-kind'
import type { WebhookError } from './webhook-failure'

const mostRoutedAtOnce = 500

/**
 * Gives entries that nobody was told of yet to every endpoint that takes their kind, paused ones, too. What
 * no endpoint takes waits for one. SKIP LOCKED lets any number of processes do this side by side.
 */
export async function routeEntries(db: Db, { now, giveUpAt }: { now: Date; giveUpAt: Date }): Promise<void> {
  await sql`
    with fresh as materialized (
      select id, kind from backoffice_entry entry
      where routed_at is null and exists (
        select from webhook_endpoint where removed_at is null and entry.kind = any (kinds))
      order by created_at
      limit ${mostRoutedAtOnce}
      for update skip locked
    ), routed as (
      update backoffice_entry set routed_at = ${now} where id in (select id from fresh)
    )
    insert into webhook_delivery (id, endpoint_id, entry_id, due_at, give_up_at, created_at)
    select gen_random_uuid(), endpoint.id, fresh.id, ${now}, ${giveUpAt}, ${now}
    from fresh join webhook_endpoint endpoint on endpoint.removed_at is null and fresh.kind = any (endpoint.kinds)
    on conflict (endpoint_id, entry_id) do nothing`.execute(db)
}

/** A test event goes out while its endpoint is paused, too: one wants to know before resuming. */
const mayGo = sql`(endpoint.paused_at is null or delivery.entry_id is null)`

/** Endpoints that something is due for. */
export async function endpointsWithDue(db: Db, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from webhook_endpoint endpoint
    where removed_at is null and exists (
      select from webhook_delivery delivery
      where endpoint_id = endpoint.id and state in ('queued', 'sending') and due_at <= ${now} and ${mayGo})`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/** A delivery that this process has a lease on. */
export interface DueDelivery {
  id: string
  /** Null for a test event. */
  entry: { id: string; kind: EntryKind; subjectId: string; createdAt: Date } | null
  createdAt: Date
  /** Which try this is, from 1. */
  attempt: number
  giveUpAt: Date
  endpoint: SealedSecrets & { url: string }
}

interface ClaimedRow extends Omit<SealedSecrets, 'id'> {
  id: string
  endpointId: string
  url: string
  attempt: number
  giveUpAt: Date
  createdAt: Date
  entryId: string | null
  kind: EntryKind
  subjectId: string
  entryCreatedAt: Date
}

/**
 * Claims due deliveries of one endpoint until `leaseUntil`. A claim moves `due_at` to the end of the lease:
 * a delivery whose process died is simply due again then, found by the same index.
 */
export async function claimDue(
  db: Db,
  claim: { endpointId: string; limit: number; now: Date; leaseUntil: Date },
): Promise<DueDelivery[]> {
  const { rows } = await sql<ClaimedRow>`
    with due as materialized (
      select delivery.id from webhook_delivery delivery
        join webhook_endpoint endpoint on endpoint.id = delivery.endpoint_id
      where endpoint_id = ${claim.endpointId} and state in ('queued', 'sending') and due_at <= ${claim.now}
        and endpoint.removed_at is null and ${mayGo}
      order by due_at
      limit ${claim.limit}
      for update of delivery skip locked
    ), claimed as (
      update webhook_delivery
      set state = 'sending', due_at = ${claim.leaseUntil}, attempts = attempts + 1
      where id in (select id from due)
      returning *
    )
    select claimed.id, claimed.attempts as attempt, claimed.give_up_at as "giveUpAt",
      claimed.created_at as "createdAt", endpoint.id as "endpointId", endpoint.url, endpoint.secret,
      endpoint.old_secret as "oldSecret", endpoint.old_secret_until as "oldSecretUntil",
      entry.id as "entryId", entry.kind, entry.subject_id as "subjectId", entry.created_at as "entryCreatedAt"
    from claimed
      join webhook_endpoint endpoint on endpoint.id = claimed.endpoint_id
      left join backoffice_entry entry on entry.id = claimed.entry_id`.execute(db)
  return rows.map(({ endpointId, url, secret, oldSecret, oldSecretUntil, entryId, ...row }) => ({
    id: row.id,
    entry:
      entryId === null
        ? null
        : { id: entryId, kind: row.kind, subjectId: row.subjectId, createdAt: row.entryCreatedAt },
    createdAt: row.createdAt,
    attempt: row.attempt,
    giveUpAt: row.giveUpAt,
    endpoint: { id: endpointId, url, secret, oldSecret, oldSecretUntil },
  }))
}

export interface RecordedAttempt {
  id: string
  at: Date
  durationMs: number
  status: number | null
  error: WebhookError | null
  /** Sealed. */
  excerpt: Buffer | null
}

/**
 * Writes down a try and what became of the delivery. One whose lease ran out and that somebody else claimed
 * meanwhile is left to them; the try is kept.
 */
export function recordAttempt(
  db: Db,
  delivery: DueDelivery,
  { attempt, outcome, now }: { attempt: RecordedAttempt; outcome: DeliveryOutcome; now: Date },
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { entry, endpoint } = delivery
    if (entry) await lockEntries(tx, [entry.id])
    await tx
      .insertInto('webhook_attempt')
      .values({
        id: attempt.id,
        delivery_id: delivery.id,
        at: attempt.at,
        duration_ms: attempt.durationMs,
        status: attempt.status,
        error: attempt.error,
        excerpt: attempt.excerpt,
      })
      .execute()
    await tx
      .updateTable('webhook_delivery')
      .set({
        state: outcome.state,
        last_error: outcome.error,
        ...(outcome.dueAt ? { due_at: outcome.dueAt, finished_at: null } : { finished_at: now }),
      })
      .where('id', '=', delivery.id)
      .where('state', '=', 'sending')
      .where('attempts', '=', delivery.attempt)
      .execute()
    if (entry) await settleEntries(tx, [entry.id], now)
    if (outcome.pausesEndpoint) await pauseGone(tx, endpoint.id, now)
  })
}

/** Two deliveries of one entry that end at once must see each other: whoever changes one locks the entry first. */
export const lockEntries = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return
  await tx
    .selectFrom('backoffice_entry')
    .select('id')
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute()
}

/**
 * What is to be said of entries after their deliveries changed: under way, failed somewhere, or taken by all.
 * One that is left without any delivery waits for an endpoint again.
 */
export async function settleEntries(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return
  await sql`
    update backoffice_entry entry
    set state = standing.state,
      taken_at = case when standing.state = 'taken' then coalesce(entry.taken_at, ${now}) end,
      routed_at = case when standing.left then entry.routed_at end
    from (
      select one.id,
        case when coalesce(bool_or(d.state in ('queued', 'sending')), false) then 'queued'
          when bool_or(d.state = 'failed') then 'failed'
          when bool_or(d.state = 'delivered' or d.last_error = 'erased') then 'taken'
          else 'queued' end as state,
        coalesce(bool_or(d.state <> 'withdrawn' or d.last_error = 'erased'), false) as left
      from unnest(${[...ids]}::uuid[]) as one(id) left join webhook_delivery d on d.entry_id = one.id
      group by one.id
    ) as standing
    where entry.id = standing.id`.execute(tx)
}

/** The endpoint asked for it by its 410. */
async function pauseGone(tx: Tx, endpointId: string, now: Date): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('webhook_endpoint')
    .set({ paused_at: now, paused_by: 'gone' })
    .where('id', '=', endpointId)
    .where('paused_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return
  await appendAudit(tx, {
    at: now,
    actor: { kind: 'system' },
    action: 'endpoint.paused',
    subject: { kind: 'endpoint', id: endpointId },
    details: { why: 'gone' },
  })
}

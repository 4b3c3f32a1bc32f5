import { sql } from 'kysely'
import type { DbOrTx } from '../platform/db'
import type { Keys } from '../platform/keys'
import { readExcerpt } from './deliver'
import type { EntryKind } from './entry-kind'
import type { WebhookError } from './webhook-failure'

export const deliveryStates = ['queued', 'sending', 'delivered', 'failed', 'withdrawn'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** One line of an endpoint's log: a delivery with its last try. */
export interface ListedDelivery {
  id: string
  endpointId: string
  /** Null for a test event. */
  kind: EntryKind | null
  reference: string | null
  entryId: string | null
  state: DeliveryState
  createdAt: Date
  dueAt: Date
  finishedAt: Date | null
  /** Tries in all, those before a replay, too. */
  tries: number
  last: { at: Date; status: number | null; error: WebhookError | null; durationMs: number } | null
}

export const deliveriesPerPage = 25

const listed = sql`
  select delivery.id, delivery.endpoint_id as "endpointId", entry.kind, entry.reference, delivery.entry_id as "entryId",
    delivery.state, delivery.created_at as "createdAt", delivery.due_at as "dueAt",
    delivery.finished_at as "finishedAt",
    (select count(*)::int from webhook_attempt where delivery_id = delivery.id) as tries,
    last.at as "lastAt", last.status as "lastStatus", last.error as "lastError", last.duration_ms as "lastMs"
  from webhook_delivery delivery
    left join backoffice_entry entry on entry.id = delivery.entry_id
    left join lateral (select * from webhook_attempt where delivery_id = delivery.id
      order by at desc, id desc limit 1) as last on true`

type Row = Omit<ListedDelivery, 'last'> & {
  lastAt: Date | null
  lastStatus: number | null
  lastError: WebhookError | null
  lastMs: number
}
const asListed = ({ lastAt, lastStatus, lastError, lastMs, ...row }: Row): ListedDelivery => ({
  ...row,
  last: lastAt && { at: lastAt, status: lastStatus, error: lastError, durationMs: lastMs },
})

/** An endpoint's deliveries, newest first, after the delivery `after`. */
export async function findDeliveries(
  db: DbOrTx,
  { endpointId, state, after }: { endpointId: string; state: DeliveryState | null; after: string | null },
): Promise<{ deliveries: ListedDelivery[]; more: boolean }> {
  const { rows } = await sql<Row>`${listed}
    where delivery.endpoint_id = ${endpointId} and (${state}::text is null or delivery.state = ${state})
      and (${after}::uuid is null or (delivery.created_at, delivery.id) <
        (select created_at, id from webhook_delivery where id = ${after}))
    order by delivery.created_at desc, delivery.id desc
    limit ${deliveriesPerPage + 1}`.execute(db)
  return { deliveries: rows.slice(0, deliveriesPerPage).map(asListed), more: rows.length > deliveriesPerPage }
}

/** One request of a delivery, with the first words of the answer. */
export interface ListedAttempt {
  id: string
  at: Date
  durationMs: number
  status: number | null
  error: WebhookError | null
  excerpt: string | null
}

const mostAttempts = 200

/** A delivery of an endpoint in use, with its requests, newest first. */
export async function readDelivery(
  db: DbOrTx,
  keys: Keys,
  id: string,
): Promise<(ListedDelivery & { attempts: ListedAttempt[] }) | undefined> {
  const { rows } = await sql<Row>`${listed}
    where delivery.id = ${id} and exists (
      select from webhook_endpoint where id = delivery.endpoint_id and removed_at is null)`.execute(db)
  const [row] = rows
  if (!row) return undefined
  const attempts = await db
    .selectFrom('webhook_attempt')
    .select(['id', 'at', 'duration_ms as durationMs', 'status', 'error', 'excerpt'])
    .where('delivery_id', '=', id)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(mostAttempts)
    .execute()
  return {
    ...asListed(row),
    attempts: attempts.map(({ error, excerpt, ...attempt }) => ({
      ...attempt,
      error: error as WebhookError | null,
      excerpt: excerpt && readExcerpt(keys, attempt.id, excerpt),
    })),
  }
}

import { sql } from 'kysely'
import type { DbOrTx } from '../platform/db'
import type { EntryKind } from './entry-kind'
import type { WebhookError } from './webhook-failure'

/** How it goes at one endpoint, test events left out. */
export interface EndpointStanding {
  endpointId: string
  waiting: number
  failed: number
  lastDeliveredAt: Date | null
}

export async function readEndpointStandings(db: DbOrTx): Promise<ReadonlyMap<string, EndpointStanding>> {
  const { rows } = await sql<EndpointStanding>`
    select endpoint.id as "endpointId",
      (select count(*)::int from webhook_delivery where endpoint_id = endpoint.id
        and state in ('queued', 'sending') and entry_id is not null) as waiting,
      (select count(*)::int from webhook_delivery where endpoint_id = endpoint.id
        and state = 'failed' and entry_id is not null) as failed,
      (select finished_at from webhook_delivery where endpoint_id = endpoint.id and state = 'delivered'
        order by created_at desc, id desc limit 1) as "lastDeliveredAt"
    from webhook_endpoint endpoint where removed_at is null`.execute(db)
  return new Map(rows.map((row) => [row.endpointId, row]))
}

/** A settled matter that some system has not taken yet, and where it is held up. */
export interface OpenEntry {
  id: string
  kind: EntryKind
  reference: string
  branchId: number
  createdAt: Date
  /** Null when no endpoint takes its kind. */
  delivery: {
    id: string
    endpoint: string
    endpointId: string
    pausedBy: 'staff' | 'gone' | null
    state: 'queued' | 'sending' | 'failed'
    dueAt: Date
    attempts: number
    lastError: WebhookError | null
  } | null
}

export const openEntriesPerPage = 25

/** What was not taken everywhere, oldest first, after the entry `after`. */
export async function findOpenEntries(
  db: DbOrTx,
  after: string | null,
): Promise<{ entries: OpenEntry[]; more: boolean }> {
  const { rows } = await sql<
    Omit<OpenEntry, 'delivery'> & { delivery: OpenEntry['delivery'] & { dueAt: string } }
  >`
    select entry.id, entry.kind, entry.reference, entry.branch_id as "branchId", entry.created_at as "createdAt",
      case when delivery.id is not null then json_build_object(
        'id', delivery.id, 'endpoint', endpoint.description, 'endpointId', endpoint.id,
        'pausedBy', endpoint.paused_by, 'state', delivery.state, 'dueAt', delivery.due_at,
        'attempts', delivery.attempts, 'lastError', delivery.last_error) end as delivery
    from (select * from backoffice_entry
        where state <> 'taken' and (${after}::uuid is null or (created_at, id) >
          (select created_at, id from backoffice_entry where id = ${after}))
        order by created_at, id limit ${openEntriesPerPage + 1}) as entry
      left join webhook_delivery delivery
        on delivery.entry_id = entry.id and delivery.state in ('queued', 'sending', 'failed')
      left join webhook_endpoint endpoint on endpoint.id = delivery.endpoint_id
    order by entry.created_at, entry.id, endpoint.created_at`.execute(db)
  const ids = [...new Set(rows.map(({ id }) => id))].slice(0, openEntriesPerPage)
  const entries = rows
    .filter(({ id }) => ids.includes(id))
    .map(({ delivery, ...entry }) => ({
      ...entry,
      delivery: (delivery as typeof delivery | null) && { ...delivery, dueAt: new Date(delivery.dueAt) },
    }))
  return { entries, more: new Set(rows.map(({ id }) => id)).size > openEntriesPerPage }
}

/** How many matters wait or failed, and since when the oldest does. */
export async function countOpenEntries(
  db: DbOrTx,
): Promise<{ open: number; failed: number; unrouted: number; oldest: Date | null }> {
  const { rows } = await sql<{ open: number; failed: number; unrouted: number; oldest: Date | null }>`
    select count(*)::int as open, count(*) filter (where state = 'failed')::int as failed,
      count(*) filter (where routed_at is null)::int as unrouted, min(created_at) as oldest
    from backoffice_entry where state <> 'taken'`.execute(db)
  return rows[0] ?? { open: 0, failed: 0, unrouted: 0, oldest: null }
}

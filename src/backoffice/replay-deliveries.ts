import { sql } from 'kysely'
import { type Db, type DbOrTx, inTransaction } from '../platform/db'
import { type Act, auditEndpoint } from './audit-endpoint'
import { lockEntries, settleEntries } from './delivery-store'
import { lockEndpoint } from './endpoint-store'
import { defaultWebhookRetryPolicy, giveUpAt } from './retry-policy'

/**
 * Sends a delivery again, under the same webhook id: one that was given up, one that waits (now instead of
 * later) or one that the endpoint has taken and lost. One in the air is left alone.
 */
export const replayDelivery = (
  db: Db,
  { id, ...act }: Act & { id: string },
): Promise<{ ok: true } | { ok: false; reason: 'unknown' }> =>
  inTransaction(db, async (tx) => {
    const delivery = await tx
      .selectFrom('webhook_delivery')
      .innerJoin('webhook_endpoint', 'webhook_endpoint.id', 'webhook_delivery.endpoint_id')
      .select(['entry_id as entryId', 'endpoint_id as endpointId', 'state'])
      .where('webhook_delivery.id', '=', id)
      .where('removed_at', 'is', null)
      .executeTakeFirst()
    if (!delivery?.entryId || delivery.state === 'withdrawn') return { ok: false, reason: 'unknown' }
    await lockEntries(tx, [delivery.entryId])
    await tx
      .updateTable('webhook_delivery')
      .set(begunAnew(act.now))
      .where('id', '=', id)
      .where('state', '<>', 'sending')
      .execute()
    await settleEntries(tx, [delivery.entryId], act.now)
    await auditEndpoint(tx, delivery.endpointId, 'delivery.replayed', { ...act, details: { delivery: id } })
    return { ok: true }
  })

const begunAnew = (now: Date) => ({
  state: 'queued' as const,
  due_at: now,
  attempts: 0,
  give_up_at: giveUpAt(defaultWebhookRetryPolicy, now),
  finished_at: null,
})

export interface ReplayRange {
  endpointId: string
  /** Of the matters' settling, `until` excluded. */
  from: Date
  until: Date
  /** What the endpoint has taken already, too: for a system that lost its data. */
  takenToo: boolean
}

/** Entries of the range that the endpoint takes and is not being sent this moment. */
const wanted = ({ endpointId, from, until, takenToo }: ReplayRange) => sql`
  select entry.id from backoffice_entry entry
    join webhook_endpoint endpoint on endpoint.id = ${endpointId} and entry.kind = any (endpoint.kinds)
    left join webhook_delivery delivery on delivery.endpoint_id = endpoint.id and delivery.entry_id = entry.id
  where entry.created_at >= ${from} and entry.created_at < ${until} and (delivery.state is null
    or delivery.state in ('queued', 'failed') or ${takenToo} and delivery.state = 'delivered')`

/** How many entries a replay would send. */
export async function countReplay(db: DbOrTx, range: ReplayRange): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (${wanted(range)}) as found`.execute(db)
  return rows[0]?.count ?? 0
}

/** Sends everything of a range again, oldest first; also what was settled before the endpoint was added. */
export const replayRange = (
  db: Db,
  { range, ...act }: Act & { range: ReplayRange },
): Promise<{ ok: true; count: number } | { ok: false; reason: 'unknown' }> =>
  inTransaction(db, async (tx) => {
    const { endpointId } = range
    if (!(await lockEndpoint(tx, endpointId))) return { ok: false, reason: 'unknown' }
    const { rows } = await sql<{ id: string }>`${wanted(range)}`.execute(tx)
    const ids = rows.map(({ id }) => id)
    await lockEntries(tx, ids)
    const { now } = act
    const until = giveUpAt(defaultWebhookRetryPolicy, now)
    await sql`
      insert into webhook_delivery (id, endpoint_id, entry_id, due_at, give_up_at, created_at)
      select gen_random_uuid(), ${endpointId}, id, ${now}, ${until}, ${now}
      from backoffice_entry where id = any (${ids}::uuid[]) order by created_at
      on conflict (endpoint_id, entry_id) do update
        set state = 'queued', due_at = excluded.due_at, attempts = 0, give_up_at = excluded.give_up_at,
          finished_at = null
        where webhook_delivery.state <> 'sending'`.execute(tx)
    await tx
      .updateTable('backoffice_entry')
      .set({ routed_at: now })
      .where('id', 'in', ids.length > 0 ? ids : ['00000000-0000-0000-0000-000000000000'])
      .where('routed_at', 'is', null)
      .execute()
    await settleEntries(tx, ids, now)
    const details = { from: range.from.toISOString(), until: range.until.toISOString(), count: ids.length }
    await auditEndpoint(tx, endpointId, 'delivery.range_replayed', { ...act, details })
    return { ok: true, count: ids.length }
  })

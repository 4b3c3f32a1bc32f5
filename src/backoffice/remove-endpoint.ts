import { sql } from 'kysely'
import { type Db, inTransaction } from '../platform/db'
import { type Act, auditEndpoint } from './audit-endpoint'
import { lockEntries, settleEntries } from './delivery-store'
import { lockEndpoint } from './endpoint-store'

/**
 * Takes an endpoint out of use; its log stays. What nobody else took or is to take waits for another endpoint.
 * A request in the air may still arrive.
 */
export const removeEndpoint = (
  db: Db,
  { id, ...act }: Act & { id: string },
): Promise<{ ok: true } | { ok: false; reason: 'unknown' }> =>
  inTransaction(db, async (tx) => {
    const endpoint = await lockEndpoint(tx, id)
    if (!endpoint) return { ok: false, reason: 'unknown' }
    await tx
      .updateTable('webhook_endpoint')
      .set({ removed_at: act.now, old_secret: null, old_secret_until: null })
      .where('id', '=', id)
      .execute()
    const open = await tx
      .selectFrom('webhook_delivery')
      .select('entry_id')
      .where('endpoint_id', '=', id)
      .where('state', 'in', ['queued', 'sending', 'failed'])
      .execute()
    const entries = open.flatMap(({ entry_id }) => (entry_id === null ? [] : [entry_id]))
    await lockEntries(tx, entries)
    await sql`update webhook_delivery set state = 'withdrawn', finished_at = ${act.now}
      where endpoint_id = ${id} and state in ('queued', 'sending', 'failed')`.execute(tx)
    await settleEntries(tx, entries, act.now)
    await auditEndpoint(tx, id, 'endpoint.removed', { ...act, details: { waiting: entries.length } })
    return { ok: true }
  })

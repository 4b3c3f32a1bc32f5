import { sql } from 'kysely'
import { type Db, inTransaction } from '../platform/db'
import { type Act, auditEndpoint } from './audit-endpoint'
import { lockEndpoint } from './endpoint-store'
import { defaultWebhookRetryPolicy, giveUpAt } from './retry-policy'

type Done = { ok: true } | { ok: false; reason: 'unknown' }

/** Stops an endpoint: what is for it waits. Stopping it twice changes nothing. */
export const pauseEndpoint = (db: Db, { id, ...act }: Act & { id: string }): Promise<Done> =>
  inTransaction(db, async (tx) => {
    const endpoint = await lockEndpoint(tx, id)
    if (!endpoint) return { ok: false, reason: 'unknown' }
    if (endpoint.pausedAt) return { ok: true }
    await tx
      .updateTable('webhook_endpoint')
      .set({ paused_at: act.now, paused_by: 'staff' })
      .where('id', '=', id)
      .execute()
    await auditEndpoint(tx, id, 'endpoint.paused', { ...act, details: { why: 'staff' } })
    return { ok: true }
  })

/** Over how long what has waited is spread, so that an endpoint that just came back is not flooded. */
const spreadSeconds = 60

/**
 * Goes on with an endpoint: what waited is due within a minute, the first at once, with all the time it had
 * at its beginning.
 */
export const resumeEndpoint = (db: Db, { id, ...act }: Act & { id: string }): Promise<Done> =>
  inTransaction(db, async (tx) => {
    const endpoint = await lockEndpoint(tx, id)
    if (!endpoint) return { ok: false, reason: 'unknown' }
    if (!endpoint.pausedAt) return { ok: true }
    await tx
      .updateTable('webhook_endpoint')
      .set({ paused_at: null, paused_by: null })
      .where('id', '=', id)
      .execute()
    await sql`
      update webhook_delivery delivery
      set due_at = ${act.now}::timestamptz + waiting.place * interval '1 second', attempts = 0,
        give_up_at = ${giveUpAt(defaultWebhookRetryPolicy, act.now)}
      from (select id, ${spreadSeconds} * (row_number() over (order by created_at, id) - 1)::float
          / count(*) over () as place
        from webhook_delivery where endpoint_id = ${id} and state = 'queued') as waiting
      where delivery.id = waiting.id`.execute(tx)
    await auditEndpoint(tx, id, 'endpoint.resumed', act)
    return { ok: true }
  })

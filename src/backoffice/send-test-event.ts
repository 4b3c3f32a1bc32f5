import { type Db, inTransaction } from '../platform/db'
import { type Act, auditEndpoint } from './audit-endpoint'
import { lockEndpoint } from './endpoint-store'

const mostPerMinute = 10

export type TestEventSent = { ok: true } | { ok: false; reason: 'unknown' | 'too_often' }

/**
 * Sends an event that says nothing, once, to a paused endpoint, too. `id` is made by the form: sent again, it
 * stays one event.
 */
export const sendTestEvent = (
  db: Db,
  { endpointId, id, ...act }: Act & { endpointId: string; id: string },
): Promise<TestEventSent> =>
  inTransaction(db, async (tx) => {
    if (!(await lockEndpoint(tx, endpointId))) return { ok: false, reason: 'unknown' }
    const before = await tx
      .selectFrom('webhook_delivery')
      .select('id')
      .where('id', '=', id)
      .executeTakeFirst()
    if (before) return { ok: true }
    const { count } = await tx
      .selectFrom('webhook_delivery')
      .select((select) => select.fn.countAll<number>().as('count'))
      .where('endpoint_id', '=', endpointId)
      .where('entry_id', 'is', null)
      .where('created_at', '>', new Date(act.now.getTime() - 60_000))
      .executeTakeFirstOrThrow()
    if (count >= mostPerMinute) return { ok: false, reason: 'too_often' }
    await tx
      .insertInto('webhook_delivery')
      // Given up at once: whoever tests wants an answer now
      .values({ id, endpoint_id: endpointId, due_at: act.now, give_up_at: act.now, created_at: act.now })
      .execute()
    await auditEndpoint(tx, endpointId, 'endpoint.tested', act)
    return { ok: true }
  })

import { type Db, inTransaction } from '../platform/db'
import type { Keys } from '../platform/keys'
import { type Act, auditEndpoint } from './audit-endpoint'
import { type CheckedEndpoint, checkEndpoint } from './check-endpoint'
import type { EndpointForm } from './endpoint'
import { sealSecret } from './endpoint-secret'
import type { EndpointRules } from './endpoint-url'
import { newSecret } from './signature'

export type EndpointAdded =
  /** `secret` is null when this very form was sent before: it is shown once. */
  { ok: true; secret: string | null } | Extract<CheckedEndpoint, { ok: false }>

/** Adds an endpoint. `id` is made by the form: sent again, it stays one endpoint. */
export async function addEndpoint(
  db: Db,
  {
    id,
    form,
    keys,
    rules,
    ...act
  }: Act & { id: string; form: EndpointForm; keys: Keys; rules: EndpointRules },
): Promise<EndpointAdded> {
  const checked = checkEndpoint(form, rules)
  if (!checked.ok) return checked
  const { endpoint } = checked
  const secret = newSecret()
  return inTransaction(db, async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('webhook_endpoint')
      .values({ id, ...endpoint, secret: sealSecret(keys, id, secret), created_at: act.now })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 0n) return { ok: true, secret: null }
    await auditEndpoint(tx, id, 'endpoint.added', { ...act, details: { kinds: endpoint.kinds.join(' ') } })
    return { ok: true, secret }
  })
}

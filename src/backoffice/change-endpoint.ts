import { type Db, inTransaction } from '../platform/db'
import { type Act, auditEndpoint } from './audit-endpoint'
import { type CheckedEndpoint, checkEndpoint } from './check-endpoint'
import type { EndpointForm } from './endpoint'
import { lockEndpoint } from './endpoint-store'
import type { EndpointRules } from './endpoint-url'

export type EndpointChanged =
  { ok: true } | { ok: false; reason: 'unknown' | 'changed' } | Extract<CheckedEndpoint, { ok: false }>

/** Changes what an endpoint is; `version` is the one the person saw. What is on its way goes to the new address. */
export async function changeEndpoint(
  db: Db,
  {
    id,
    version,
    form,
    rules,
    ...act
  }: Act & { id: string; version: number; form: EndpointForm; rules: EndpointRules },
): Promise<EndpointChanged> {
  const checked = checkEndpoint(form, rules)
  if (!checked.ok) return checked
  const { endpoint } = checked
  return inTransaction(db, async (tx) => {
    const before = await lockEndpoint(tx, id)
    if (!before) return { ok: false, reason: 'unknown' }
    if (before.version !== version) return { ok: false, reason: 'changed' }
    await tx
      .updateTable('webhook_endpoint')
      .set({ ...endpoint, version: version + 1 })
      .where('id', '=', id)
      .execute()
    await auditEndpoint(tx, id, 'endpoint.changed', {
      ...act,
      details: { url: before.url !== endpoint.url, kinds: endpoint.kinds.join(' ') },
    })
    return { ok: true }
  })
}

import { type Db, inTransaction } from '../platform/db'
import type { Keys } from '../platform/keys'
import { type Act, auditEndpoint } from './audit-endpoint'
import { sealSecret } from './endpoint-secret'
import { lockEndpoint } from './endpoint-store'
import { newSecret } from './signature'

/** How long the old secret goes on signing beside the new one; 0 for one that leaked. */
export const overlapHours = [24, 168, 0] as const
export type OverlapHours = (typeof overlapHours)[number]

export type SecretRotated = { ok: true; secret: string } | { ok: false; reason: 'unknown' | 'changed' }

/**
 * Gives the endpoint a new secret, shown once. `version` is the one the person saw: a form that is sent twice
 * gives one new secret.
 */
export const rotateSecret = (
  db: Db,
  {
    id,
    version,
    hours,
    keys,
    ...act
  }: Act & { id: string; version: number; hours: OverlapHours; keys: Keys },
): Promise<SecretRotated> =>
  inTransaction(db, async (tx) => {
    const endpoint = await lockEndpoint(tx, id)
    if (!endpoint) return { ok: false, reason: 'unknown' }
    if (endpoint.version !== version) return { ok: false, reason: 'changed' }
    const secret = newSecret()
    const until = new Date(act.now.getTime() + hours * 3_600_000)
    await tx
      .updateTable('webhook_endpoint')
      .set((row) => ({
        secret: sealSecret(keys, id, secret),
        old_secret: hours === 0 ? null : row.ref('secret'),
        old_secret_until: hours === 0 ? null : until,
        version: version + 1,
      }))
      .where('id', '=', id)
      .execute()
    await auditEndpoint(tx, id, 'endpoint.secret_rotated', { ...act, details: { hours } })
    return { ok: true, secret }
  })

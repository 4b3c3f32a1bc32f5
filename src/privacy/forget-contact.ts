import { sealClient, unsealClient } from '../message/sealed-client'
import type { Tx } from '../platform/db'
import type { Keys } from '../platform/keys'

/**
 * Phone and e-mail leave, and with them the hashes that find a visit by them; the names stay as long as the visit.
 * @returns of how many of the visits they left
 */
export async function forgetContact(tx: Tx, keys: Keys, visitIds: readonly string[]): Promise<number> {
  const visits = await tx
    .selectFrom('visit')
    .select(['id', 'client'])
    .where('id', 'in', visitIds)
    .where('phone_hash', 'is not', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  for (const { id, client } of visits)
    await tx
      .updateTable('visit')
      .set({
        client: sealClient(keys, id, { ...unsealClient(keys, id, client), phone: '', email: '' }),
        phone_hash: null,
        email_hash: null,
      })
      .where('id', '=', id)
      .execute()
  return visits.length
}

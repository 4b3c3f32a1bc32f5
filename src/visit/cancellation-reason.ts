import type { DbOrTx } from '../platform/db'
import type { Keys } from '../platform/keys'
import { type MessageDetails, readReason } from '../message/message-details'
import type { TextKey } from '../texts/catalogue'

/** Why the institution cancelled, as it was told to the client; undefined when no reason was given. */
export async function cancellationReason(
  db: DbOrTx,
  keys: Keys,
  visitId: string,
): Promise<{ key: TextKey } | { words: string } | undefined> {
  const message = await db
    .selectFrom('message')
    .select('details')
    .where('visit_id', '=', visitId)
    .where('kind', '=', 'cancelled_by_institution')
    .executeTakeFirst()
  if (!message?.details) return undefined
  return readReason(keys, visitId, message.details as MessageDetails)
}

import { emailHash } from '../message/sealed-client'
import type { DbOrTx } from '../platform/db'
import type { Keys } from '../platform/keys'
import { parseEmail } from './email-address'
import { parseVisitNumber } from './visit-number'

/** A visit by its number and the e-mail used for booking, both as typed; neither is enough alone. */
export async function findVisit(
  db: DbOrTx,
  { number, email, keys }: { number: string; email: string; keys: Keys },
): Promise<{ id: string; linkVersion: number } | undefined> {
  const parsed = parseVisitNumber(number)
  const typed = parseEmail(email)
  if (parsed === undefined || !typed.ok) return undefined
  return db
    .selectFrom('visit')
    .select(['id', 'link_version as linkVersion'])
    .where('number', '=', parsed)
    .where('email_hash', '=', emailHash(keys, typed.address))
    .executeTakeFirst()
}

import type { DbOrTx } from '../../platform/db'
import type { Keys } from '../../platform/keys'
import { readLink, signLink, verifyLink } from '../../platform/signed-link'
import { readStandingLink, type StaffLink } from './staff-link-store'

/** Links are used up, not revoked: there is one version of each. */
const version = 1

export const staffLinkPath = (token: string): string => `/pracownik/haslo/${token}`

export const staffLinkUrl = (publicUrl: string, keys: Keys, id: string): string =>
  `${publicUrl}${staffLinkPath(signLink(keys, 'staff', id, version))}`

/** The link behind a token of an e-mail; undefined when it is not ours, used, or too old. */
export async function standingLink(
  db: DbOrTx,
  { token, keys, now }: { token: string; keys: Keys; now: Date },
): Promise<StaffLink | undefined> {
  const named = readLink(token)
  if (!named || !verifyLink(keys, token, 'staff', named.id, version)) return undefined
  return readStandingLink(db, { id: named.id, now })
}

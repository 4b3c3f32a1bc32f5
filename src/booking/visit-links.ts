import type { Selectable } from 'kysely'
import { type Client, unsealClient } from '../message/sealed-client'
import type { DbOrTx } from '../platform/db'
import type { Visit } from '../platform/db-types'
import type { Keys } from '../platform/keys'
import { type LinkPurpose, readLink, verifyLink } from '../platform/signed-link'

export type VisitRow = Selectable<Visit>

/**
 * The version that links of a purpose carry. Both counters only grow, so that their sum tells every older
 * interpreter's link from the present one.
 */
export const linkVersionOf = (
  visit: Pick<VisitRow, 'link_version' | 'interpreter_withdrawals'>,
  purpose: LinkPurpose,
): number =>
  purpose === 'interpreter' ? visit.link_version + visit.interpreter_withdrawals : visit.link_version

/** The visit that a link's token opens; undefined when the link is forged, of another purpose or revoked. */
export async function visitForLink(
  db: DbOrTx,
  { token, purpose, keys }: { token: string; purpose: LinkPurpose; keys: Keys },
): Promise<VisitRow | undefined> {
  const link = readLink(token)
  if (link?.purpose !== purpose) return undefined
  const visit = await db.selectFrom('visit').selectAll().where('id', '=', link.id).executeTakeFirst()
  return visit && verifyLink(keys, token, purpose, visit.id, linkVersionOf(visit, purpose))
    ? visit
    : undefined
}

/** The names and addresses of a visit's client. */
export const readClient = (keys: Keys, visit: Pick<VisitRow, 'id' | 'client'>): Client =>
  unsealClient(keys, visit.id, visit.client)

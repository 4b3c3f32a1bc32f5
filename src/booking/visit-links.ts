import type { Selectable } from 'kysely'
import type { Client } from '../message/sealed-client'
import type { DbOrTx } from '../platform/db'
import type { Visit } from '../platform/db-types'
import type { Keys } from '../platform/keys'
import type { LinkPurpose } from '../platform/signed-link'

export type VisitRow = Selectable<Visit>

/** The visit that a link's token opens; undefined when the link is not valid (any more). */
export declare function visitForLink(
  db: DbOrTx,
  link: { token: string; purpose: LinkPurpose; keys: Keys },
): Promise<VisitRow | undefined>

/** The names and addresses of a visit's client. */
export declare function readClient(keys: Keys, visit: Pick<VisitRow, 'id' | 'client'>): Client

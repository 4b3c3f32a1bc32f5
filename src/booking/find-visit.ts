import type { DbOrTx } from '../platform/db'
import type { Keys } from '../platform/keys'

/** A visit by its number (as typed) and the e-mail used for booking. */
export declare function findVisit(
  db: DbOrTx,
  request: { number: string; email: string; keys: Keys },
): Promise<{ id: string; linkVersion: number } | undefined>

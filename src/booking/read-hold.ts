import type { DbOrTx } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Hold, HoldStanding } from './hold'
import { findHold, type HoldOwner, standingOf, toHold } from './hold-store'

/** The hold of this owner and how it stands; undefined when there is none. */
export async function readHold(
  db: DbOrTx,
  { now, keys, ...owner }: HoldOwner & { now: Date; keys: Keys },
): Promise<{ standing: HoldStanding; hold: Hold } | undefined> {
  const row = await findHold(db, owner, now)
  return row && { standing: await standingOf(db, row, now), hold: toHold(row, keys) }
}

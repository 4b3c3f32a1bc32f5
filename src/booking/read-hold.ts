import type { DbOrTx } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Hold, HoldStanding } from './hold'

/** The hold of this owner and how it stands; undefined when there is none. */
export declare function readHold(
  db: DbOrTx,
  request: { holdId: string; ownerSecret: string; now: Date; keys: Keys },
): Promise<{ standing: HoldStanding; hold: Hold } | undefined>

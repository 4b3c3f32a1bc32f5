import type { DbOrTx } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Answers } from './answers'

/** Keeps the answers, sealed, with the hold; also when the hold is expired or lost, so that nothing is typed twice. */
export declare function saveAnswers(
  db: DbOrTx,
  request: { holdId: string; ownerSecret: string; answers: Answers; now: Date; keys: Keys },
): Promise<{ ok: true } | { ok: false; reason: 'expired' | 'lost' | 'booked' | 'unknown' }>

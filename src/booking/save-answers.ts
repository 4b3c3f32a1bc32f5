import { sql } from 'kysely'
import type { DbOrTx } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Answers } from './answers'
import { sealAnswers } from './hold'
import { type HoldOwner, type HoldRow, isHeld, isOwned, standingOf } from './hold-store'

/** Keeps the answers, sealed, with the hold; also when it is expired or lost, so that nothing is typed twice. */
export async function saveAnswers(
  db: DbOrTx,
  { answers, now, keys, ...owner }: HoldOwner & { answers: Answers; now: Date; keys: Keys },
): Promise<{ ok: true } | { ok: false; reason: 'expired' | 'lost' | 'booked' | 'unknown' }> {
  const sealed = sealAnswers(keys, owner.holdId, answers)
  const { rows } = await sql<HoldRow>`
    update hold set answers = case when hold.visit_id is null then ${sealed}::bytea end
    from seat
    where ${isOwned(owner)} and seat.id = hold.seat_id
    returning hold.*, ${isHeld(now)} as is_held`.execute(db)
  if (!rows[0]) return { ok: false, reason: 'unknown' }
  const standing = await standingOf(db, rows[0], now)
  return standing === 'held' ? { ok: true } : { ok: false, reason: standing }
}

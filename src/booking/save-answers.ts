import { sql } from 'kysely'
import type { DbOrTx } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Answers } from './answers'
import { type HoldStanding, sealAnswers } from './hold'
import { type HoldOwner, isOwned, standing } from './hold-store'

/** Keeps the answers, sealed, with the hold; also when it is expired or lost, so that nothing is typed twice. */
export async function saveAnswers(
  db: DbOrTx,
  { answers, now, keys, ...owner }: HoldOwner & { answers: Answers; now: Date; keys: Keys },
): Promise<{ ok: true } | { ok: false; reason: 'expired' | 'lost' | 'booked' | 'unknown' }> {
  const { rows } = await sql<{ standing: HoldStanding }>`
    update hold set answers = case when hold.visit_id is null then ${sealAnswers(keys, owner.holdId, answers)}::bytea end
    from seat
    where ${isOwned(owner)} and seat.id = hold.seat_id
    returning ${standing(now)} as standing`.execute(db)
  const found = rows[0]?.standing
  if (found === 'held') return { ok: true }
  return { ok: false, reason: found ?? 'unknown' }
}

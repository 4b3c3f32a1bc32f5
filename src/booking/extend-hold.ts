import { sql } from 'kysely'
import type { InstitutionSettings } from '../institution/institution-data'
import type { DbOrTx } from '../platform/db'
import { findHold, type HoldOwner, isHeld, isOwned, standingOf } from './hold-store'

/** Holds the seat `holdMinutes` longer than so far, once and only while it is held. */
export async function extendHold(
  db: DbOrTx,
  { now, settings, ...owner }: HoldOwner & { now: Date; settings: InstitutionSettings },
): Promise<
  | { ok: true; heldUntil: Date }
  | { ok: false; reason: 'extended_before' | 'expired' | 'lost' | 'booked' | 'unknown' }
> {
  const { rows } = await sql<{ held_until: Date }>`
    with longer as (
      update seat set held_until = seat.held_until + make_interval(mins => ${settings.holdMinutes})
      from hold
      where ${isOwned(owner)} and not hold.extended
        and seat.id = hold.seat_id and ${isHeld(now)}
      returning hold.id, seat.held_until
    )
    update hold set extended = true, held_until = longer.held_until
    from longer where hold.id = longer.id
    returning hold.held_until`.execute(db)
  if (rows[0]) return { ok: true, heldUntil: rows[0].held_until }

  const hold = await findHold(db, owner, now)
  if (!hold) return { ok: false, reason: 'unknown' }
  const standing = await standingOf(db, hold, now)
  return { ok: false, reason: standing === 'held' ? 'extended_before' : standing }
}

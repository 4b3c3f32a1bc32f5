import { sql } from 'kysely'
import type { Db } from '../platform/db'
import { type HoldOwner, isOwned } from './hold-store'
import { forgetOffers } from './offer-cache'
import { givenUp } from './seat-store'

/** Gives a held seat back at once; nothing happens when the hold is booked or somebody else has the seat. */
export async function releaseHold(db: Db, { now, ...owner }: HoldOwner & { now: Date }): Promise<void> {
  const { rows } = await sql<{ branch_id: number }>`
    update seat set ${givenUp(now)}
    from hold
    where ${isOwned(owner)} and seat.id = hold.seat_id and seat.state = 'held' and seat.hold_id = hold.id
    returning seat.branch_id`.execute(db)
  for (const { branch_id: branchId } of rows) forgetOffers(db, branchId)
}

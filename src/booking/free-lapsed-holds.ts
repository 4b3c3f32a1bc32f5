import { sql } from 'kysely'
import { type FreedSeat, freedSeat, offerFreedTime } from '../institution/schedule/offer-freed-time'
import { type Db, inTransaction } from '../platform/db'
import { forgetOffers } from './offer-cache'

/**
 * Frees the withdrawn seats whose hold has ended, and offers their times. Other seats need nobody for that: a hold
 * that ran out no longer counts.
 */
export async function freeLapsedHolds(db: Db, now: Date): Promise<void> {
  const lapsed = sql<boolean>`withdrawn_at is not null and state = 'held' and held_until <= ${now}`
  const { rows } = await sql`select from seat where ${lapsed} limit 1`.execute(db)
  if (rows.length === 0) return
  const freed = await inTransaction(db, async (tx) => {
    const { rows: seats } = await sql<FreedSeat>`
      update seat set state = 'free', hold_id = null, held_until = null where ${lapsed}
      returning ${freedSeat}`.execute(tx)
    for (const seat of seats) await offerFreedTime(tx, seat, now)
    return seats
  })
  for (const branchId of new Set(freed.map((seat) => seat.branchId))) forgetOffers(db, branchId)
}

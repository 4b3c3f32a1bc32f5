import { sql } from 'kysely'
import type { DbOrTx } from '../platform/db'

/**
 * Deletes holds, and with them what people typed, a day after they ran out; those that became a visit a day
 * after its time, so that the confirmation can be opened until then. Seats need nothing: a hold that ran out
 * no longer counts.
 * @returns the number of holds deleted
 */
export async function purgeHolds(db: DbOrTx, now: Date): Promise<number> {
  const dayAgo = new Date(now.getTime() - 86_400_000)
  const { numAffectedRows } = await sql`
    delete from hold
    where created_at < ${dayAgo} and case when visit_id is null then held_until else ends_at end < ${dayAgo}`.execute(
    db,
  )
  return Number(numAffectedRows ?? 0)
}

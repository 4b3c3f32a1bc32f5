import type { Bus } from '../platform/bus'
import { type Db, inTransaction } from '../platform/db'
import { tellOfVisit } from './visit-notices'

/** The client has read a warning of this visit; again it changes nothing. @returns false for one that is not there */
export function seeWarning(
  db: Db,
  { visit, id, now, bus }: { visit: { id: string; branchId: number }; id: string; now: Date; bus: Bus },
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const warning = await tx
      .selectFrom('warning')
      .select('seen_at')
      .where('id', '=', id)
      .where('visit_id', '=', visit.id)
      .forUpdate()
      .executeTakeFirst()
    if (!warning) return false
    if (warning.seen_at) return true
    await tx.updateTable('warning').set({ seen_at: now }).where('id', '=', id).execute()
    await tellOfVisit(tx, bus, visit)
    return true
  })
}

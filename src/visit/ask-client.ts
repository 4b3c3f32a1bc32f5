import type { AskedThing } from '../contract/visit-matters'
import type { Bus } from '../platform/bus'
import type { Db } from '../platform/db'
import type { Staff } from '../staff/staff'
import { type NotConducting, whileConducting } from './conducted-visit'
import { tellOfVisit } from './visit-notices'

/** Shows the client what the officer asks for; null takes it away. Kept with the visit, so that a reload keeps it. */
export function askClient(
  db: Db,
  { visitId, staff, asked, bus }: { visitId: string; staff: Staff; asked: AskedThing | null; bus: Bus },
): Promise<{ ok: true } | NotConducting> {
  return whileConducting(db, { visitId, staff }, async (tx, visit) => {
    await tx.updateTable('visit').set({ asked }).where('id', '=', visit.id).execute()
    await tellOfVisit(tx, bus, { id: visit.id, branchId: visit.branch_id })
    return { ok: true }
  })
}

import type { WarningReason } from '../contract/visit-matters'
import type { Bus } from '../platform/bus'
import type { Db } from '../platform/db'
import type { Staff } from '../staff/staff'
import { type NotConducting, whileConducting } from './conducted-visit'
import { tellOfVisit } from './visit-notices'

export interface NewWarning {
  visitId: string
  staff: Staff
  /** Made by the page: sent again with the same id it stays one warning. */
  id: string
  reason: WarningReason
  now: Date
  bus: Bus
}

/** Warns the client, who sees it at once and confirms that it was read. */
export function warnClient(
  db: Db,
  { visitId, staff, id, reason, now, bus }: NewWarning,
): Promise<{ ok: true } | NotConducting> {
  return whileConducting(db, { visitId, staff }, async (tx, visit) => {
    await tx
      .insertInto('warning')
      .values({ id, visit_id: visit.id, reason, staff_id: staff.id, given_at: now })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
    await tellOfVisit(tx, bus, { id: visit.id, branchId: visit.branch_id })
    return { ok: true }
  })
}

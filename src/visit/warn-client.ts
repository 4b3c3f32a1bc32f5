import type { WarningReason } from '../contract/visit-matters'
import type { Bus } from '../platform/bus'
import type { Db, Tx } from '../platform/db'
import type { Staff } from '../staff/staff'
import { auditVisit } from './audit-visit'
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
  return whileConducting<{ ok: true } | NotConducting>(db, { visitId, staff }, async (tx, visit) => {
    const given = await tx
      .insertInto('warning')
      .values({ id, visit_id: visit.id, reason, staff_id: staff.id, given_at: now })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!given) return (await isSameWarning(tx, { id, visitId, reason })) ? { ok: true } : taken
    await auditVisit(tx, visit, { staff, action: 'visit.warned', details: { reason }, now })
    await tellOfVisit(tx, bus, { id: visit.id, branchId: visit.branch_id })
    return { ok: true }
  })
}

/** The id belongs to another warning: nobody was warned. */
const taken: NotConducting = { ok: false, reason: 'changed' }

async function isSameWarning(
  tx: Tx,
  { id, visitId, reason }: Pick<NewWarning, 'id' | 'visitId' | 'reason'>,
): Promise<boolean> {
  const known = await tx
    .selectFrom('warning')
    .select(['visit_id', 'reason'])
    .where('id', '=', id)
    .executeTakeFirst()
  return known?.visit_id === visitId && known.reason === reason
}

import type { Bus } from '../platform/bus'
import { type Db, type DbOrTx, inTransaction } from '../platform/db'
import type { Staff } from '../staff/staff'
import { tellOfBranch } from './visit-notices'

/** Whether the officer takes visits at the moment; on a break nobody is promised their time. */
export function setBreak(
  db: Db,
  { staff, branchId, onBreak, bus }: { staff: Staff; branchId: number; onBreak: boolean; bus: Bus },
): Promise<void> {
  return inTransaction(db, async (tx) => {
    await tx.updateTable('staff').set({ on_break: onBreak }).where('id', '=', staff.id).execute()
    await tellOfBranch(tx, bus, branchId)
  })
}

export async function isOnBreak(db: DbOrTx, staffId: number): Promise<boolean> {
  const row = await db.selectFrom('staff').select('on_break').where('id', '=', staffId).executeTakeFirst()
  return row?.on_break === true
}

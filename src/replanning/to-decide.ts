import type { DbOrTx } from '../platform/db'
import { may } from '../staff/may'
import type { Staff } from '../staff/staff'
import { countTouched } from './touched-store'

/** How many visits of the branch wait for another time; null for who does not decide about them. */
export async function toDecideAt(
  db: DbOrTx,
  { staff, branchId, now }: { staff: Staff; branchId: number; now: Date },
): Promise<number | null> {
  if (!may(staff, 'replan', branchId)) return null
  return (await countTouched(db, { branchIds: [branchId], now })).get(branchId)?.toDecide ?? 0
}

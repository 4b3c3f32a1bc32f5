import type { Bus } from '../platform/bus'
import { type Db, inTransaction } from '../platform/db'
import { may } from '../staff/may'
import type { Staff } from '../staff/staff'
import { tellOfBranch } from './visit-notices'

/** Longest delay that is announced; beyond it visits are moved, not waited for. */
export const longestDelayMinutes = 240

/** An officer says how late the branch is; those who wait read it at once. Zero takes it back. */
export function sayLate(
  db: Db,
  {
    staff,
    branchId,
    minutes,
    now,
    bus,
  }: { staff: Staff; branchId: number; minutes: number; now: Date; bus: Bus },
): Promise<{ ok: true } | { ok: false; reason: 'not_allowed' | 'minutes_wrong' }> {
  return inTransaction(db, async (tx) => {
    if (!may(staff, 'call_in', branchId)) return { ok: false, reason: 'not_allowed' }
    if (!Number.isInteger(minutes) || minutes < 0 || minutes > longestDelayMinutes)
      return { ok: false, reason: 'minutes_wrong' }
    await tx
      .insertInto('late_notice')
      .values({ branch_id: branchId, staff_id: staff.id, minutes, said_at: now })
      .execute()
    await tellOfBranch(tx, bus, branchId)
    return { ok: true }
  })
}

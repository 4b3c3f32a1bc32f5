import { readClosures, type StoredClosure } from '../institution/schedule/schedule-store'
import type { DbOrTx } from '../platform/db'
import type { Day } from '../platform/zone'

/** The branch's own closures, of a desk or of all, that are not over. */
export async function readAbsences(
  db: DbOrTx,
  { branchId, today }: { branchId: number; today: Day },
): Promise<StoredClosure[]> {
  const closures = await readClosures(db)
  return closures.filter((closure) => closure.branchId === branchId && closure.lastDay >= today)
}

/** The active desks of a branch. */
export function readDesks(db: DbOrTx, branchId: number): Promise<{ id: number; name: string }[]> {
  return db
    .selectFrom('desk')
    .select(['id', 'name'])
    .where('branch_id', '=', branchId)
    .where('active', '=', true)
    .orderBy('id')
    .execute()
}

import { mayAnywhere } from '../may'
import type { Staff } from '../staff'

/**
 * Whether an administrator may have to do with an account of the branch (null: of all branches). One of a single
 * branch has no say about accounts that reach beyond it.
 */
export const mayManage = (
  administrator: Pick<Staff, 'role' | 'branchId'>,
  account: { branchId: number | null },
): boolean =>
  mayAnywhere(administrator, 'administer') &&
  (administrator.branchId === null || administrator.branchId === account.branchId)

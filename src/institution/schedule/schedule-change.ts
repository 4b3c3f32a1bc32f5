import type { Day } from '../../platform/zone'
import type { WindowEdit } from './edit-windows'
import type { Closure } from './schedule'

/** Everything that changes which seats there are. It is previewed first, and saved as it was previewed. */
export type ScheduleChange =
  | ({ kind: 'window'; version: string } & WindowEdit)
  | { kind: 'desk'; deskId: number; branchId: number; active: boolean }
  | { kind: 'branch'; branchId: number; active: boolean }
  | { kind: 'closure_added'; closure: Closure; reason: string }
  | { kind: 'closure_removed'; closureId: number; branchId: number | null }
  | { kind: 'desks_copied'; branchId: number; fromBranchId: number }
  | { kind: 'horizon'; days: number; before: number }

/**
 * Why a change was not made: it points to something that is not there, somebody else was faster, the hours overlap
 * others of the desk, it begins in the past, or it is there already.
 */
export type ChangeRefusal = 'unknown' | 'changed' | 'overlaps' | 'in_past' | 'exists'

/** The branch that a change concerns; null: the whole institution. */
export function branchOfChange(change: ScheduleChange): number | null {
  switch (change.kind) {
    case 'window':
      return change.desk.branchId
    case 'closure_added':
      return change.closure.branchId
    case 'horizon':
      return null
    default:
      return change.branchId
  }
}

/** Where seats may have to change: desks, and days from the first on; a null end is that of all seats. */
export interface ChangedPart {
  branchId: number | null
  deskId: number | null
  first: Day
  last: Day | null
}

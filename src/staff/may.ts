import type { Staff, StaffRole } from './staff'

/** Everything at the desk that a role is asked for. */
export const staffActions = [
  'see_day',
  'see_visit',
  'call_in',
  /** Note, release and end of a visit that one conducts oneself. */
  'conduct',
  /** The same for a visit of a colleague who cannot. */
  'conduct_for_others',
  'mark_missed',
] as const
export type StaffAction = (typeof staffActions)[number]

const allowed: Record<StaffRole, readonly StaffAction[]> = {
  officer: ['see_day', 'see_visit', 'call_in', 'conduct', 'mark_missed'],
  supervisor: ['see_day', 'see_visit', 'call_in', 'conduct', 'conduct_for_others', 'mark_missed'],
  administrator: [],
  inspector: [],
}

/** Whether the role allows the action at the branch. What is not in the table is refused. */
export function may(staff: Pick<Staff, 'role' | 'branchId'>, action: StaffAction, branchId: number): boolean {
  const atBranch = staff.branchId === null || staff.branchId === branchId
  return atBranch && Object.hasOwn(allowed, staff.role) && allowed[staff.role].includes(action)
}

/** The same without a branch: whether the role has the action anywhere at all. */
export const mayAnywhere = (staff: Pick<Staff, 'role'>, action: StaffAction): boolean =>
  Object.hasOwn(allowed, staff.role) && allowed[staff.role].includes(action)

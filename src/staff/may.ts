import type { Staff, StaffRole } from './staff'

/** Everything that a role is asked for. */
export const staffActions = [
  'see_day',
  'see_visit',
  'call_in',
  /** Note, release and end of a visit that one conducts oneself. */
  'conduct',
  /** The same for a visit of a colleague who cannot. */
  'conduct_for_others',
  'mark_missed',
  /** With a reason, each time. */
  'watch_recording',
  /** Keeps a recording past its time, and erases one before it. */
  'keep_recording',
  'see_statistics',
  /** Decides about visits that lost their desk, and says which desks are not there. */
  'replan',
  /** What was sent to clients, and to send it again. */
  'see_messages',
  /** Desks, their hours, days on which they are closed. */
  'plan_times',
  /** Branches, topics, desks, times, texts, accounts and the other systems of the institution. */
  'administer',
  /** Whether everything runs. */
  'see_operations',
  'see_audit',
  /** All that is kept about one person: to hand it over, to erase it. */
  'see_person',
] as const
export type StaffAction = (typeof staffActions)[number]

const officer = ['see_day', 'see_visit', 'call_in', 'conduct', 'mark_missed'] as const
const allowed: Record<StaffRole, readonly StaffAction[]> = {
  officer,
  supervisor: [
    ...officer,
    'conduct_for_others',
    'watch_recording',
    'plan_times',
    'see_statistics',
    'replan',
    'see_messages',
  ],
  administrator: ['plan_times', 'see_statistics', 'replan', 'see_messages', 'administer', 'see_operations'],
  inspector: ['watch_recording', 'keep_recording', 'see_audit', 'see_person'],
}

/** Whether the role allows the action at the branch. What is not in the table is refused. */
export function may(staff: Pick<Staff, 'role' | 'branchId'>, action: StaffAction, branchId: number): boolean {
  const atBranch = staff.branchId === null || staff.branchId === branchId
  return atBranch && Object.hasOwn(allowed, staff.role) && allowed[staff.role].includes(action)
}

/** The same without a branch: whether the role has the action anywhere at all. */
export const mayAnywhere = (staff: Pick<Staff, 'role'>, action: StaffAction): boolean =>
  Object.hasOwn(allowed, staff.role) && allowed[staff.role].includes(action)

/** The same for what concerns the whole institution: whoever works for one branch has no say about it. */
export const mayEverywhere = (staff: Pick<Staff, 'role' | 'branchId'>, action: StaffAction): boolean =>
  staff.branchId === null && mayAnywhere(staff, action)

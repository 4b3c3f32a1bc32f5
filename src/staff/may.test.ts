import { expect, test } from 'vitest'
import { may, type StaffAction, staffActions } from './may'
import { type StaffRole, staffRoles } from './staff'

const at = (role: StaffRole, branchId: number | null = 7) => ({ role, branchId })
const allowedTo = (role: StaffRole) => staffActions.filter((action) => may(at(role), action, 7))

/** What each role may do at its branch; all else is a no. */
const table: Record<StaffRole, readonly StaffAction[]> = {
  officer: ['see_day', 'see_visit', 'call_in', 'conduct', 'mark_missed'],
  supervisor: [
    'see_day',
    'see_visit',
    'call_in',
    'conduct',
    'conduct_for_others',
    'mark_missed',
    'watch_recording',
    'plan_times',
    'see_statistics',
    'replan',
    'see_messages',
  ],
  administrator: ['plan_times', 'see_statistics', 'replan', 'see_messages', 'administer', 'see_operations'],
  inspector: ['watch_recording', 'keep_recording', 'see_audit', 'see_person'],
}

test.each(staffRoles)('the role %s may do what the table says, and nothing else', (role) => {
  expect(allowedTo(role)).toEqual(staffActions.filter((action) => table[role].includes(action)))
})

test.each(staffActions)('nobody has %s at another branch', (action) => {
  for (const role of staffRoles) expect(may(at(role), action, 8)).toBe(false)
})

test('somebody of all branches works at each of them', () => {
  expect(may(at('officer', null), 'call_in', 7)).toBe(true)
  expect(may(at('officer', null), 'call_in', 8)).toBe(true)
})

test('an unknown role or action is refused', () => {
  expect(may(at('toString' as StaffRole), 'see_day', 7)).toBe(false)
  expect(may(at('supervisor'), 'erase' as StaffAction, 7)).toBe(false)
})

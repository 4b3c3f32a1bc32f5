import { expect, test } from 'vitest'
import { may, type StaffAction, staffActions } from './may'
import type { StaffRole } from './staff'

const at = (role: StaffRole, branchId: number | null = 7) => ({ role, branchId })
const allowedTo = (role: StaffRole) => staffActions.filter((action) => may(at(role), action, 7))

test('an officer conducts visits of the branch, but not those of a colleague', () => {
  expect(allowedTo('officer')).toEqual(['see_day', 'see_visit', 'call_in', 'conduct', 'mark_missed'])
})

test('a supervisor may also act for a colleague', () => {
  expect(allowedTo('supervisor')).toEqual([...staffActions])
})

test.each(['administrator', 'inspector'] as const)('the desk is closed to the role %s', (role) => {
  expect(allowedTo(role)).toEqual([])
})

test.each(staffActions)('nobody has %s at another branch', (action) => {
  for (const role of ['officer', 'supervisor', 'administrator', 'inspector'] as const)
    expect(may(at(role), action, 8)).toBe(false)
})

test('somebody of all branches works at each of them', () => {
  expect(may(at('officer', null), 'call_in', 7)).toBe(true)
  expect(may(at('officer', null), 'call_in', 8)).toBe(true)
})

test('an unknown role or action is refused', () => {
  expect(may(at('toString' as StaffRole), 'see_day', 7)).toBe(false)
  expect(may(at('supervisor'), 'erase' as StaffAction, 7)).toBe(false)
})

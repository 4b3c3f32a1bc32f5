import { expect, test } from 'vitest'
import { staffRoles } from '../staff'
import { mayManage } from './may-manage'

test.each(staffRoles)(
  'the role %s manages accounts only if it administers, and only within its reach',
  (role) => {
    const administers = role === 'administrator'
    for (const account of [{ branchId: null }, { branchId: 7 }, { branchId: 8 }]) {
      expect(mayManage({ role, branchId: null }, account)).toBe(administers)
      expect(mayManage({ role, branchId: 7 }, account)).toBe(administers && account.branchId === 7)
    }
  },
)

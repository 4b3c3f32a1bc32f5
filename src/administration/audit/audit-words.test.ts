import { expect, test } from 'vitest'
import { auditActions } from '../../audit/audit-action'
import { staffCatalogue } from '../../texts/catalogue'

test('everything that is written down can be read as a sentence', () => {
  const without = auditActions.filter((action) => !Object.hasOwn(staffCatalogue, `audit.action.${action}`))
  expect(without).toEqual([])
})

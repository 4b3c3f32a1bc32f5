import { expect, test } from 'vitest'
import { readAbsence, typedAbsence } from './absence-fields'

const read = (fields: Record<string, unknown>) =>
  readAbsence(typedAbsence({ stanowisko: '7', od_dnia: '2026-12-29', ...fields }), {
    branchId: 3,
    deskIds: [7, 8],
    today: '2026-12-21',
  })
const closure = { branchId: 3, deskId: 7, firstDay: '2026-12-29', lastDay: '2026-12-29', hours: null }

test.each([
  ['a desk for a day', {}, closure],
  ['the whole branch', { stanowisko: '' }, { ...closure, deskId: null }],
  ['several days', { do_dnia: '2026-12-31' }, { ...closure, lastDay: '2026-12-31' }],
  ['some hours', { od: '09:00', do: '11:00' }, { ...closure, hours: ['09:00', '11:00'] }],
  ['from an hour on', { od: '12:00' }, { ...closure, hours: ['12:00', '24:00'] }],
  ['until an hour', { do: '12:00' }, { ...closure, hours: ['00:00', '12:00'] }],
])('an absence is that of %s', (_, fields, expected) => {
  expect(read(fields)).toEqual({ ok: true, closure: expected })
})

test.each([
  ['desk', { stanowisko: '9' }],
  ['desk', { stanowisko: 'x' }],
  ['day', { od_dnia: '' }],
  ['day', { od_dnia: '2026-12-20' }],
  ['day', { od_dnia: ['2026-12-29', '2026-12-30'] }],
  ['lastDay', { do_dnia: '2026-12-28' }],
  ['hours', { od: '11:00', do: '09:00' }],
  ['hours', { od: '25:00' }],
])('a mistake is named: %s in %j', (mistake, fields) => {
  expect(read(fields)).toEqual({ ok: false, mistake })
})

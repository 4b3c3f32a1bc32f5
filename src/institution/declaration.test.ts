import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../platform/zone'
import { reviewState, shownPhone } from './declaration'

describe('the yearly review', () => {
  test.each([
    ['2027-01-10', '2026-05-01', null, 'done'],
    ['2027-02-28', '2026-05-01', null, 'done'],
    ['2027-03-01', '2026-05-01', null, 'soon'],
    ['2027-03-31', '2026-05-01', null, 'soon'],
    ['2027-04-01', '2026-05-01', null, 'late'],
    ['2027-04-01', '2026-05-01', '2027-03-30', 'done'],
    ['2027-04-01', '2026-05-01', '2026-12-31', 'late'],
    ['2027-03-15', '2027-01-01', null, 'done'],
    ['2027-01-10', '2025-05-01', null, 'late'],
  ] as const)('on %s, made %s and reviewed %s, is %s', (today, made, reviewed, state) => {
    expect(reviewState({ made, reviewed }, today)).toBe(state)
  })

  test('done today is never called for before the next first of March', () => {
    const day = fc.integer({ min: 0, max: 3000 }).map((n) => addDays('2026-01-01', n))
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 365 }), (reviewed, later) => {
        const today = addDays(reviewed, later)
        const next = `${Number(reviewed.slice(0, 4)) + 1}-03-01`
        if (today < next) expect(reviewState({ made: '2025-01-01', reviewed }, today)).toBe('done')
      }),
    )
  })
})

test('the phone is the unit’s own, or else the institution’s help line', () => {
  const line = { phone: '22 560 16 00' }
  const institution = { phoneE164: '+48225601600', texts: { pl: line, en: line, uk: line } as never }
  expect(shownPhone({ phoneE164: null }, institution, 'pl')).toEqual({
    e164: '+48225601600',
    words: '22 560 16 00',
  })
  expect(shownPhone({ phoneE164: '+48221234567' }, institution, 'pl').words).toBe('+48 22 123 45 67')
})

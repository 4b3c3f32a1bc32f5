import { expect, test } from 'vitest'
import { defaultReplanPolicy as policy, isEnoughNotice, offerUntil, tellAt } from './replan-policy'

const now = new Date('2026-12-28T08:00:00Z')
const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000)

test.each([
  ['later', 3, 5, true],
  ['later, but too soon', 0.5, 1.5, false],
  ['earlier, tomorrow', 30, 25, true],
  ['earlier, today', 8, 6, false],
  ['the same', 0.2, 0.2, true],
  ['the same, but over', -1, -1, false],
])('a time that is %s: from %s h to %s h ahead may be given without asking: %s', (_, from, to, may) => {
  expect(isEnoughNotice({ from: inHours(from), to: inHours(to), now }, policy)).toBe(may)
})

test('a client hears of a change once it can no longer be undone, and at once when the visit is near', () => {
  expect(tellAt({ now, times: [inHours(1), inHours(3)] }, policy)).toEqual(inHours(5 / 60))
  expect(tellAt({ now, times: [inHours(0.4), inHours(3)] }, policy)).toEqual(now)
})

test('a client may choose for three days, but only until half a day before, and never in a hurry', () => {
  expect(offerUntil({ now, startsAt: inHours(200) }, policy)).toEqual(inHours(72))
  expect(offerUntil({ now, startsAt: inHours(30.4) }, policy)).toEqual(inHours(18))
  expect(offerUntil({ now, startsAt: inHours(17) }, policy)).toBeUndefined()
})

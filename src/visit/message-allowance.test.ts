import { expect, test } from 'vitest'
import { createAllowance } from './message-allowance'

const taken = (take: () => boolean, tries: number) =>
  Array.from({ length: tries }, take).filter(Boolean).length

test('a burst passes, then as many a second as allowed', () => {
  let now = 0
  const take = createAllowance({ now: () => new Date(now) }, { perSecond: 50, burst: 200 })
  expect(taken(take, 300)).toBe(200)
  now += 1000
  expect(taken(take, 300)).toBe(50)
  now += 100
  expect(taken(take, 300)).toBe(5)
})

test('a quiet hour gives no more than one burst, and a clock set back gives nothing', () => {
  let now = 3_600_000
  const take = createAllowance({ now: () => new Date(now) }, { perSecond: 50, burst: 200 })
  now += 3_600_000
  expect(taken(take, 300)).toBe(200)
  now -= 60_000
  expect(taken(take, 300)).toBe(0)
})

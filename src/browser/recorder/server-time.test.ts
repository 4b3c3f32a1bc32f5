import { expect, test } from 'vitest'
import { createServerTime } from './server-time'

test('the quickest answer sets the clock, half of its way added', () => {
  const time = createServerTime(0)
  time.heard(100, 5100, 300)
  expect(time.from(300)).toBe(5200)
  time.heard(400, 5315, 410)
  expect(time.from(410)).toBe(5320)
  time.heard(500, 9999, 900)
  expect(time.from(510)).toBe(5420)
})

test('before any answer the page’s own reckoning holds, and after five the clock is left alone', () => {
  const time = createServerTime(1000)
  expect(time.from(1)).toBe(1001)
  for (let i = 0; i < 5; i++) time.heard(100, 5100, 120)
  expect(time.settled()).toBe(true)
  time.heard(100, 1, 100)
  expect(time.from(120)).toBe(5110)
})

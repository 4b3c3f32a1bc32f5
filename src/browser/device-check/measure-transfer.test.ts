import { expect, test } from 'vitest'
import { createRate } from './measure-transfer'

test('a steady line is measured as it is, its slow beginning left out', () => {
  const rate = createRate()
  rate.count(0, 0)
  rate.count(10_000, 500)
  // 250 kB a second are 2 Mb/s
  for (let at = 1000; at <= 4000; at += 100) rate.count(20_000 + (at - 1000) * 250, at)
  expect(rate.megabits()).toBeCloseTo(2, 5)
})

test('a line that brings all at once is measured by all of it', () => {
  const rate = createRate()
  rate.count(0, 0)
  rate.count(3_000_000, 240)
  expect(rate.megabits()).toBeCloseTo(100, 5)
})

test('nothing, or one moment alone, is no measurement', () => {
  const rate = createRate()
  expect(rate.megabits()).toBeNull()
  rate.count(1000, 5)
  expect(rate.megabits()).toBeNull()
})

import { expect, test } from 'vitest'
import { createMasterClock } from './master-clock'

test('the clock goes on only while it runs, at its speed, and never leaves the recording', () => {
  let now = 0
  const clock = createMasterClock(10_000, () => now)
  now = 500
  expect(clock.position()).toBe(0)
  clock.run(true)
  now = 1500
  expect(clock.position()).toBe(1000)
  clock.setSpeed(2)
  now = 2500
  expect(clock.position()).toBe(3000)
  clock.run(false)
  now = 9000
  expect(clock.position()).toBe(3000)
  clock.jump(9500)
  clock.run(true)
  now = 99_000
  expect(clock.position()).toBe(10_000)
  clock.jump(-5)
  expect(clock.position()).toBe(0)
})

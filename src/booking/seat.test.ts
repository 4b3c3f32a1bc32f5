import { expect, test } from 'vitest'
import type { InstitutionSettings } from '../institution/institution-data'
import { claimableAgainAt, isWithinHorizon } from './seat'

const settings = {
  horizonDays: 60,
  minimumNoticeMinutes: 5,
  freedSeatDelaySeconds: { min: 30, max: 300 },
} as InstitutionSettings
const now = new Date('2026-12-21T08:00:00Z')

test.each([
  ['2026-12-21T08:04:59.999Z', false],
  ['2026-12-21T08:05:00Z', true],
  ['2027-02-19T07:59:00Z', true],
  ['2027-02-20T08:00:00Z', false],
])('a visit at %s can be booked: %s', (startsAt, possible) => {
  expect(isWithinHorizon(new Date(startsAt), now, settings)).toBe(possible)
})

test('a freed seat returns within the delay that the institution sets, both ends included', () => {
  const secondsUntil = (random?: (max: number) => number) =>
    (claimableAgainAt(now, settings, random).getTime() - now.getTime()) / 1000
  expect(secondsUntil(() => 0)).toBe(30)
  expect(secondsUntil((max) => max)).toBe(300)
  const some = Array.from({ length: 50 }, () => secondsUntil())
  expect(Math.min(...some)).toBeGreaterThanOrEqual(30)
  expect(Math.max(...some)).toBeLessThanOrEqual(300)
  expect(new Set(some).size).toBeGreaterThan(1)
})

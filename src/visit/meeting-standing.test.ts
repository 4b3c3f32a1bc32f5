import { describe, expect, test } from 'vitest'
import type { VisitState } from '../contract/visit-state'
import { arrivalCounts, meetingStanding } from './meeting-standing'

const startsAt = new Date('2026-12-29T08:25:00Z')
const endsAt = new Date('2026-12-29T08:45:00Z')
const at = (time: string) => new Date(`2026-12-29T${time}Z`)
const visit = (state: VisitState, reason: string | null = null) => ({
  state,
  state_reason: reason,
  starts_at: startsAt,
  ends_at: endsAt,
})
const standing = (time: string, state: VisitState = 'booked', reason: string | null = null) =>
  meetingStanding(visit(state, reason), at(time), 15)

describe('a booked visit', () => {
  test.each([
    ['07:00:00', 'early'],
    ['08:09:59.999', 'early'],
    ['08:10:00', 'open'],
    ['08:25:00', 'open'],
    ['08:44:59.999', 'open'],
    ['08:45:00', 'late'],
    ['23:00:00', 'late'],
  ])('is at %s %s', (time, expected) => {
    expect(standing(time)).toBe(expected)
  })
})

test.each(['waiting', 'in_progress'] as const)('a visit that is %s is open whatever the time', (state) => {
  for (const time of ['07:00:00', '08:30:00', '23:00:00']) expect(standing(time, state)).toBe('open')
})

test.each([
  ['cancelled', 'client', 'cancelledByClient'],
  ['cancelled', 'institution', 'cancelledByInstitution'],
  ['missed', 'client', 'missedByClient'],
  ['missed', 'institution', 'missedByInstitution'],
  ['ended_early', 'noise', 'finished'],
  ['completed', null, 'finished'],
] as const)('a visit %s by %s stays %s', (state, reason, expected) => {
  for (const time of ['07:00:00', '08:30:00', '23:00:00'])
    expect(standing(time, state, reason)).toBe(expected)
})

test('only the first arrival at an open visit makes it a waiting one', () => {
  expect(arrivalCounts(visit('booked'), at('08:30:00'), 15)).toBe(true)
  expect(arrivalCounts(visit('booked'), at('08:00:00'), 15)).toBe(false)
  expect(arrivalCounts(visit('booked'), at('08:50:00'), 15)).toBe(false)
  expect(arrivalCounts(visit('waiting'), at('08:30:00'), 15)).toBe(false)
  expect(arrivalCounts(visit('in_progress'), at('08:30:00'), 15)).toBe(false)
})

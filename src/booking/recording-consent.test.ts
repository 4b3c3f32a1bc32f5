import { expect, test } from 'vitest'
import { visitStates } from '../contract/visit-state'
import { mayWithdrawRecording } from './recording-consent'

const startsAt = new Date('2026-12-29T08:25:00Z')
const before = new Date('2026-12-29T08:24:59Z')
const visit = { state: 'booked', starts_at: startsAt, recording_consent: true } as const
const required = 'required' as const
const optional = 'optional' as const

test('a consent can be withdrawn while the visit is booked or the client waits', () => {
  for (const settings of [required, optional]) {
    const states = visitStates.filter((state) => mayWithdrawRecording({ ...visit, state }, settings, before))
    expect(states).toEqual(['booked', 'waiting'])
  }
})

test('from the start on only where the visit takes place without it', () => {
  expect(mayWithdrawRecording(visit, required, startsAt)).toBe(false)
  expect(mayWithdrawRecording(visit, optional, startsAt)).toBe(true)
})

test('a consent that was not given cannot be withdrawn', () => {
  expect(mayWithdrawRecording({ ...visit, recording_consent: false }, optional, before)).toBe(false)
})

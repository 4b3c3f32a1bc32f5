import { describe, expect, it } from 'vitest'
import type { ExpectedWait } from '../../contract/signalling'
import { waitingStatus } from './waiting-status'

const at = (time: string) => `2026-12-29T${time}:00.000Z`
const times = (waitingSince: string, wait: ExpectedWait | null = null) => ({
  wait,
  startsAt: at('09:00'),
  endsAt: at('09:20'),
  startedAt: null,
  waitingSince: at(waitingSince),
})
const client = (now: string, waitingSince = '08:50', wait: ExpectedWait | null = null) =>
  waitingStatus('client', ['client'], times(waitingSince, wait), new Date(at(now)))

describe('what the waiting room says', () => {
  it('counts the minutes until the visit', () => {
    expect(client('08:52')).toEqual({ key: 'wait.startsIn', n: 8 })
    expect(waitingStatus('client', [], times('08:50'), new Date('2026-12-29T08:57:20Z'))).toEqual({
      key: 'wait.startsIn',
      n: 3,
    })
    expect(client('08:59')).toEqual({ key: 'wait.startsNow' })
  })

  it('says how late it is as the server knows it, before and after the start', () => {
    expect(client('08:55', '08:50', { kind: 'minutes', minutes: 7 })).toEqual({ key: 'wait.late', n: 7 })
    expect(client('09:09', '08:50', { kind: 'unknown' })).toEqual({ key: 'wait.lateUnknown' })
    expect(client('09:40', '08:50', { kind: 'long' })).toEqual({ key: 'wait.lateLong' })
    expect(client('09:05', '08:50', { kind: 'noOfficer' })).toEqual({ key: 'wait.noOfficer' })
    expect(client('09:01')).toEqual({ key: 'wait.startsNow' })
  })

  it('does not blame the officer for a client who came late', () => {
    expect(client('09:08', '09:07')).toEqual({ key: 'wait.youLate' })
  })

  it('tells a guardian whether the client is there', () => {
    const now = new Date(at('08:55'))
    expect(waitingStatus('guardian', ['guardian'], times('08:50'), now).key).toBe(
      'guardian.wait.clientMissing',
    )
    expect(waitingStatus('guardian', ['client', 'guardian'], times('08:50'), now).key).toBe(
      'guardian.wait.clientHere',
    )
  })
})

import { describe, expect, it } from 'vitest'
import { roundedDelay, waitingStatus } from './waiting-status'

const at = (time: string) => `2026-12-29T${time}:00.000Z`
const times = (waitingSince: string) => ({
  startsAt: at('09:00'),
  endsAt: at('09:20'),
  startedAt: null,
  waitingSince: at(waitingSince),
})
const client = (now: string, waitingSince = '08:50') =>
  waitingStatus('client', ['client'], times(waitingSince), new Date(at(now)))

describe('what the waiting room says', () => {
  it('counts the minutes until the visit', () => {
    expect(client('08:52')).toEqual({ key: 'wait.startsIn', n: 8 })
    expect(waitingStatus('client', [], times('08:50'), new Date('2026-12-29T08:57:20Z'))).toEqual({
      key: 'wait.startsIn',
      n: 3,
    })
    expect(client('08:59')).toEqual({ key: 'wait.startsNow' })
  })

  it('calls it a delay from the second minute, and too long after twenty', () => {
    expect(client('09:01')).toEqual({ key: 'wait.startsNow' })
    expect(client('09:03')).toEqual({ key: 'wait.late', n: 3 })
    expect(client('09:09')).toEqual({ key: 'wait.late', n: 10 })
    expect(client('09:21')).toEqual({ key: 'wait.lateLong' })
  })

  it('does not blame the officer for a client who came late', () => {
    expect(client('09:08', '09:07')).toEqual({ key: 'wait.youLate' })
    expect(client('09:12', '09:07')).toEqual({ key: 'wait.late', n: 5 })
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

  it('rounds longer delays', () => {
    expect([2, 4, 5, 7, 8, 12, 13].map(roundedDelay)).toEqual([2, 4, 5, 5, 10, 10, 15])
  })
})

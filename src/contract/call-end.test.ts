import { describe, expect, it } from 'vitest'
import { callEndsAt, type CallTimes } from './call-end'

const at = (time: string) => `2026-12-29T${time}:00.000Z`
const times = (part: Partial<CallTimes>): CallTimes => ({
  startsAt: at('09:00'),
  endsAt: at('09:20'),
  startedAt: null,
  waitingSince: at('08:50'),
  ...part,
})

describe('until when a visit lasts', () => {
  it('is its booked end before anybody was called in', () => {
    expect(callEndsAt(times({})).toISOString()).toBe(at('09:20'))
  })

  it('is the full length from the call, when the officer is late or early', () => {
    expect(callEndsAt(times({ startedAt: at('09:07') })).toISOString()).toBe(at('09:27'))
    expect(callEndsAt(times({ startedAt: at('08:56') })).toISOString()).toBe(at('09:16'))
  })

  it('is the booked end for a client who came late', () => {
    const late = times({ waitingSince: at('09:08'), startedAt: at('09:09') })
    expect(callEndsAt(late).toISOString()).toBe(at('09:20'))
  })
})

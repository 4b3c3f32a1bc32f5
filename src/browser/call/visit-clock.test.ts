import { describe, expect, it } from 'vitest'
import type { CallTimes } from '../../contract/call-end'
import { minutesAndSeconds, ringArc, timeLeft } from './visit-clock'

const at = (time: string) => `2026-12-29T${time}:00.000Z`
const times = (part: Partial<CallTimes>): CallTimes => ({
  startsAt: at('09:00'),
  endsAt: at('09:20'),
  startedAt: null,
  waitingSince: at('08:50'),
  ...part,
})

describe('the clock of a call', () => {
  it('counts begun minutes and never goes below zero', () => {
    const running = times({ startedAt: at('09:00') })
    expect(timeLeft(running, new Date('2026-12-29T09:06:52Z'))).toMatchObject({
      minutes: 14,
      milliseconds: 788_000,
    })
    expect(timeLeft(running, new Date('2026-12-29T09:50:00Z'))).toEqual({
      minutes: 0,
      milliseconds: 0,
      share: 0,
    })
  })

  it('shows minutes and seconds to the officer', () => {
    expect(minutesAndSeconds(788_000)).toBe('13:08')
    expect(minutesAndSeconds(0)).toBe('0:00')
  })

  it('draws the share that is left as an arc from the top', () => {
    expect(ringArc(0.25)).toBe('M18 4A14 14 0 0 1 32.00 18.00')
    expect(ringArc(0.75)).toBe('M18 4A14 14 0 1 1 4.00 18.00')
    expect(ringArc(1)).not.toMatch(/18[.]00 4[.]00$/)
  })
})

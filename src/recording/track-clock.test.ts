import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ClockFrame, clockSteps, createClockWatch, createPlacing } from './track-clock'

const ticks = 48_000
const start = 1_700_000_000_000

interface Sent extends ClockFrame {
  /** When it truly was captured. */
  truth: number
}
/** 20 ms of sound each; the source may stand still, the line may delay, and the browser may tell capture times. */
function sound(
  seconds: number,
  options: { delay?: (n: number) => number; standstill?: { at: number; ms: number }; told?: boolean },
): Sent[] {
  const { delay = () => 40, standstill, told = false } = options
  return Array.from({ length: seconds * 50 }, (_, n) => {
    const after = standstill !== undefined && n * 20 >= standstill.at
    const truth = start + n * 20 + (after ? standstill.ms : 0)
    // Interpolated from one time a second: after a standstill it is wrong until the next
    const stale = after && n * 20 < standstill.at + 900
    const capturedAt = told ? truth - (stale ? standstill.ms : 0) : null
    return { rtp: 5_000_000_000 + n * 960, at: truth + delay(n), capturedAt, truth }
  })
}

function errors(frames: readonly Sent[]): number[] {
  const watch = createClockWatch(ticks)
  frames.forEach((frame) => watch.add(frame))
  const place = createPlacing(clockSteps(watch.windows(), 'audio'), ticks)
  return frames.map(({ rtp, truth }) => place(rtp) - truth)
}

describe('a track on the clock', () => {
  test('lies where it was captured, when the browser tells that', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 10, max: 400 }), { minLength: 1, maxLength: 40 }), (delays) => {
        const frames = sound(12, { told: true, delay: (n) => delays[n % delays.length] ?? 10 })
        for (const error of errors(frames)) expect(Math.abs(error)).toBeLessThan(31)
      }),
    )
  })

  test('without capture times is where the least delayed of its frames put it', () => {
    const frames = sound(20, { delay: (n) => (n % 37 === 0 ? 40 : 40 + ((n * 7919) % 90)) })
    for (const error of errors(frames)) expect(error).toBeCloseTo(40, 0)
  })

  test('moves when its source stood still, though its capture times are stale for a while', () => {
    for (const told of [true, false]) {
      const frames = sound(20, { told, standstill: { at: 8000, ms: 1450 } })
      for (const error of errors(frames)) expect(Math.abs(error - (told ? 0 : 40))).toBeLessThan(31)
    }
  })

  test('does not move for a moment in which the line was slow', () => {
    const frames = sound(20, { delay: (n) => (n > 400 && n < 420 ? 600 : 40) })
    for (const error of errors(frames)) expect(error).toBeCloseTo(40, 0)
  })

  test('does not believe capture times that no line explains', () => {
    const frames = sound(5, {}).map((frame) => ({ ...frame, capturedAt: frame.at - 3_600_000 }))
    for (const error of errors(frames)) expect(error).toBeCloseTo(40, 0)
  })

  test('follows a clock that runs slowly away', () => {
    const frames = sound(600, { told: true }).map((frame, n) => ({
      ...frame,
      rtp: frame.rtp - Math.round(n * 960 * 2e-4),
    }))
    for (const error of errors(frames)) expect(Math.abs(error)).toBeLessThan(40)
  })
})

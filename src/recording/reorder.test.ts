import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createReorder, reorderMs, type Timed } from './reorder'

const ticks = 90_000
const frameMs = 50
/** Frames of one track, 50 ms apart; the first RTP time is anywhere, so that it wraps around within the track. */
const track = (count: number, firstRtp: number): Timed[] =>
  Array.from({ length: count }, (_, n) => ({
    at: 1_000_000 + n * frameMs,
    rtpTime: (firstRtp + n * frameMs * (ticks / 1000)) >>> 0,
  }))

function through(frames: readonly Timed[]): Timed[] {
  const reorder = createReorder<Timed>(ticks)
  const out = frames.flatMap((frame) => [...reorder.push(frame), ...reorder.until(frame.at)])
  return [...out, ...reorder.rest()].map(({ frame }) => frame)
}

/** Each frame up to the window late: what a shuffle by jittered times makes. */
const jittered = (frames: readonly Timed[], jitter: readonly number[]): Timed[] =>
  frames
    .map((frame, n) => ({
      frame,
      when: frame.at + ((jitter[n % jitter.length] ?? 0) % (reorderMs - frameMs)),
    }))
    .sort((a, b) => a.when - b.when)
    .map(({ frame }) => frame)

describe('frames of a track', () => {
  test('come out in the order of RTP time, whatever the order within the window they came in', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.array(fc.nat(), { minLength: 1 }),
        (first, jitter) => {
          const frames = track(120, first)
          expect(through(jittered(frames, jitter))).toEqual(frames)
        },
      ),
    )
  })

  test('that come twice are taken once, and missing ones are only missing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2 ** 32 - 400_000, max: 2 ** 32 - 1 }),
        fc.array(fc.constantFrom('once', 'twice', 'never'), { minLength: 1 }),
        fc.array(fc.nat(), { minLength: 1 }),
        (first, fates, jitter) => {
          const fate = (n: number) => fates[n % fates.length] ?? 'once'
          const frames = track(100, first)
          const kept = frames.filter((_, n) => fate(n) !== 'never')
          const sent = frames.flatMap((frame, n) =>
            fate(n) === 'never' ? [] : fate(n) === 'twice' ? [frame, frame] : [frame],
          )
          expect(through(jittered(sent, jitter))).toEqual(kept)
        },
      ),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextQuality, type QualityState, startQuality, type WayReading } from './quality-policy'

const fine: WayReading = { available: 2_000_000, lossPercent: 0, roundTripMilliseconds: 40 }
const after = (state: QualityState, reading: Partial<WayReading>, seconds: number): QualityState =>
  Array.from({ length: seconds }).reduce<QualityState>(
    (now) => nextQuality(now, { ...fine, ...reading }),
    state,
  )

describe('a way that gets worse', () => {
  test('keeps the picture through a bad moment', () => {
    expect(after(startQuality, { available: 200_000 }, 3).quality).toBe('good')
  })

  test('below 300 kbps carries sound only', () => {
    expect(after(startQuality, { available: 250_000 }, 4).quality).toBe('audio_only')
  })

  test('that loses packets or takes long is weak, and hopeless when it loses a quarter', () => {
    expect(after(startQuality, { lossPercent: 8 }, 3).quality).toBe('weak')
    expect(after(startQuality, { roundTripMilliseconds: 900 }, 3).quality).toBe('weak')
    expect(after(startQuality, { lossPercent: 30 }, 4).quality).toBe('audio_only')
  })
})

describe('a way that gets better', () => {
  const soundOnly = after(startQuality, { available: 100_000 }, 4)

  test('brings the picture back by itself, after a while', () => {
    expect(after(soundOnly, {}, 7).quality).toBe('audio_only')
    expect(after(soundOnly, {}, 8).quality).toBe('good')
  })

  test('does not flutter around the border', () => {
    expect(after(soundOnly, { available: 320_000 }, 60).quality).toBe('audio_only')
  })
})

test('what the browser does not tell is held against nobody', () => {
  const unknown = { available: null, lossPercent: null, roundTripMilliseconds: null }
  expect(after(startQuality, unknown, 60).quality).toBe('good')
})

test('no way changes more often than every three seconds, whatever is measured', () => {
  const reading = fc.record({
    available: fc.option(fc.integer({ min: 0, max: 3_000_000 })),
    lossPercent: fc.option(fc.integer({ min: 0, max: 100 })),
    roundTripMilliseconds: fc.option(fc.integer({ min: 0, max: 3000 })),
  })
  fc.assert(
    fc.property(fc.array(reading, { maxLength: 80 }), (readings) => {
      let state = startQuality
      let lastChange = -3
      readings.forEach((one, second) => {
        const next = nextQuality(state, one)
        if (next.quality !== state.quality) {
          expect(second - lastChange).toBeGreaterThanOrEqual(3)
          lastChange = second
        }
        state = next
      })
    }),
  )
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextQuality, type QualityState, startQuality, type WayReading } from './quality-policy'

const fine: WayReading = {
  available: 2_000_000,
  sending: 200_000,
  lossPercent: 0,
  roundTripMilliseconds: 40,
}
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

test('an estimate that stays low since little is sent takes no picture away', () => {
  expect(after(startQuality, { available: 90_000, sending: 40_000 }, 60).quality).toBe('weak')
})

describe('a way that gets better', () => {
  const soundOnly = after(startQuality, { available: 100_000 }, 4)

  test('brings the picture back by itself, after a while', () => {
    expect(after(soundOnly, {}, 7).quality).toBe('audio_only')
    expect(after(soundOnly, {}, 8).quality).toBe('good')
  })

  test('does not flutter: a picture that the line does not carry is tried at longer and longer intervals', () => {
    // An estimate that stays low, since nothing is sent that could raise it
    const soundOnlyFor: number[] = []
    let state = soundOnly
    let seconds = 0
    for (let second = 0; second < 240; second++) {
      const next = nextQuality(state, { ...fine, available: 120_000 })
      seconds++
      if (state.quality === 'audio_only' && next.quality !== 'audio_only') soundOnlyFor.push(seconds)
      if (next.quality !== state.quality) seconds = 0
      state = next
    }
    expect(soundOnlyFor).toEqual([10, 20, 40, 40, 40])
  })

  test('is tried although the estimate says nothing, and keeps the picture when that turns out well', () => {
    const tried = after(soundOnly, { available: 120_000 }, 10)
    expect(tried.quality).toBe('weak')
    const grown = after(after(tried, { available: 250_000 }, 6), {}, 60)
    expect(grown).toMatchObject({ quality: 'good', failedTries: 0 })
  })

  test('is not tried while a quarter of the packets is lost', () => {
    expect(after(soundOnly, { available: 120_000, lossPercent: 40 }, 200).quality).toBe('audio_only')
  })
})

test('what the browser does not tell is held against nobody', () => {
  const unknown = { available: null, sending: 0, lossPercent: null, roundTripMilliseconds: null }
  expect(after(startQuality, unknown, 60).quality).toBe('good')
})

test('no way changes more often than every three seconds, whatever is measured', () => {
  const reading = fc.record({
    available: fc.option(fc.integer({ min: 0, max: 3_000_000 })),
    sending: fc.integer({ min: 0, max: 3_000_000 }),
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

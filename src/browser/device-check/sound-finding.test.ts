import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loudnessOf, microphoneFinding, noiseFinding, quantile } from './sound-finding'

const many = (level: number, count = 40) => Array.from({ length: count }, () => level)

describe('the microphone', () => {
  test('is heard when somebody speaks now and then', () => {
    expect(microphoneFinding([...many(-70, 30), ...many(-20, 10)])).toEqual({ code: 'ok', level: -20 })
  })

  test('that gives nothing is silent, one that gives little is quiet', () => {
    expect(microphoneFinding(many(-100)).code).toBe('silent')
    expect(microphoneFinding(many(-50)).code).toBe('quiet')
  })

  test('that could not be listened to long enough is not judged', () => {
    expect(microphoneFinding([])).toEqual({ code: 'unknown', level: null })
    expect(microphoneFinding(many(-100, 9)).code).toBe('unknown')
  })
})

describe('the room', () => {
  test('is quiet although somebody coughs', () => {
    expect(noiseFinding([...many(-60, 25), ...many(-15, 15)])).toEqual({ code: 'ok', level: -60 })
  })

  test('with a television on is noisy', () => {
    expect(noiseFinding(many(-30)).code).toBe('noisy')
  })

  test('that could not be listened to is not judged', () => {
    expect(noiseFinding([]).code).toBe('unknown')
  })
})

test('loudness is that of the samples, and a tenth of them is 20 dB less', () => {
  const wave = (peak: number) => Array.from({ length: 480 }, (_, n) => peak * Math.sin(n / 5))
  expect(loudnessOf(wave(1))).toBeCloseTo(-3, 0)
  expect(loudnessOf(wave(0.1)) - loudnessOf(wave(1))).toBeCloseTo(-20, 5)
  expect(loudnessOf([])).toBe(-100)
  expect(loudnessOf(new Float32Array(100))).toBe(-100)
})

test('a quantile is one of the values, and none lies outside of them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer(), { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, share) => {
        expect(values).toContain(quantile(values, share))
      },
    ),
  )
  expect(quantile([], 0.5)).toBeNull()
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blackKeyFrame, sizeOfKeyFrame } from './vp8'

describe('a black picture', () => {
  test('tells the size it was made for', () => {
    const side = fc.integer({ min: 2, max: 2000 })
    fc.assert(
      fc.property(side, side, (width, height) => {
        expect(sizeOfKeyFrame(blackKeyFrame({ width, height }))).toEqual({ width, height })
      }),
      { numRuns: 20 },
    )
  })

  test('is small', () => {
    expect(blackKeyFrame({ width: 1280, height: 720 }).length).toBeLessThan(2000)
  })
})

describe('what is no key frame', () => {
  test('has no size', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const size = sizeOfKeyFrame(bytes)
        if (size) expect(bytes.subarray(3, 6)).toEqual(Uint8Array.of(0x9d, 0x01, 0x2a))
      }),
    )
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readByteRange } from './byte-range'

test.each([
  [undefined, { kind: 'whole' }],
  ['bytes=0-', { kind: 'part', start: 0, end: 1000 }],
  ['bytes=0-0', { kind: 'part', start: 0, end: 1 }],
  ['bytes=200-299', { kind: 'part', start: 200, end: 300 }],
  ['bytes=999-5000', { kind: 'part', start: 999, end: 1000 }],
  ['bytes=-100', { kind: 'part', start: 900, end: 1000 }],
  ['bytes=-5000', { kind: 'part', start: 0, end: 1000 }],
  ['bytes=1000-', { kind: 'none' }],
  ['bytes=-0', { kind: 'none' }],
])('the range %s of 1000 bytes is %o', (header, range) => {
  expect(readByteRange(header, 1000)).toEqual(range)
})

test.each(['bytes=-', 'bytes=5-2', 'bytes=0-1,5-6', 'items=0-1', 'bytes=a-b', 'bytes=0x1-2', ''])(
  'what is no range that is served, as "%s", gets the whole',
  (header) => {
    expect(readByteRange(header, 1000)).toEqual({ kind: 'whole' })
  },
)

test('a part always lies inside the file', () => {
  fc.assert(
    fc.property(fc.nat(5000), fc.option(fc.nat(6000)), fc.option(fc.nat(6000)), (length, first, last) => {
      const range = readByteRange(`bytes=${first ?? ''}-${last ?? ''}`, length)
      if (range.kind !== 'part') return
      expect(range.start).toBeGreaterThanOrEqual(0)
      expect(range.start).toBeLessThan(range.end)
      expect(range.end).toBeLessThanOrEqual(length)
    }),
  )
})

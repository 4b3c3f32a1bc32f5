import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Batch,
  BatchError,
  batchHeaderBytes,
  decodeBatch,
  encodeBatch,
  hashBytes,
  type JournalRecord,
  largestBatchBytes,
} from './journal'

const time = fc.double({ min: 1e12, max: 3e12, noNaN: true })
const track = fc.integer({ min: 0, max: 65_535 })
const participant = fc.constantFrom('client', 'guardian', 'interpreter', 'officer')
const kind = fc.constantFrom('audio', 'video', 'screen')
const u32 = fc.integer({ min: 0, max: 2 ** 32 - 2 })

const record: fc.Arbitrary<JournalRecord> = fc.oneof(
  fc.record({
    kind: fc.constant('track' as const),
    track,
    at: time,
    description: fc.record({
      participant,
      kind,
      codec: fc.constantFrom('vp8', 'opus', 'webm'),
      clockRate: fc.constantFrom(0, 48_000, 90_000),
    }),
  }),
  fc.record({
    kind: fc.constant('frame' as const),
    track,
    at: time,
    capturedAt: fc.option(time),
    key: fc.boolean(),
    rtpTime: u32,
    number: fc.option(u32),
    payload: fc.uint8Array({ maxLength: 300 }),
  }),
  fc.record({
    kind: fc.constant('event' as const),
    track,
    at: time,
    event: fc.oneof(
      fc.record({ type: fc.constant('expected' as const), expected: fc.boolean() }),
      fc.record({ type: fc.constant('paused' as const), paused: fc.boolean() }),
      fc.record({ type: fc.constant('ended' as const) }),
      fc.record({ type: fc.constant('muted' as const), participant, kind, muted: fc.boolean() }),
      fc.record({
        type: fc.constant('dropped' as const),
        frames: fc.nat(),
        seconds: fc.double({ min: 0, max: 1e6, noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
      }),
    ),
  }),
)
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const batch: fc.Arbitrary<Batch> = fc.record({
  sessionId: bytes(16),
  number: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
  before: bytes(32),
  builtAt: time,
  records: fc.array(record, { maxLength: 20 }),
})
const withHash = (body: Uint8Array): Uint8Array => {
  const whole = new Uint8Array(body.length + hashBytes)
  whole.set(body)
  whole.fill(7, body.length)
  return whole
}

describe('a batch', () => {
  test('is read as it was written', () => {
    fc.assert(
      fc.property(batch, (written) => {
        const { hash, ...read } = decodeBatch(withHash(encodeBatch(written)))
        expect(read).toEqual(written)
        expect(Array.from(hash)).toEqual(Array<number>(32).fill(7))
      }),
    )
  })

  test('that is cut off or longer than it says is refused', () => {
    fc.assert(
      fc.property(batch, fc.integer({ min: 1, max: 200 }), (written, cut) => {
        const body = encodeBatch(written)
        expect(() => decodeBatch(withHash(body.subarray(0, Math.max(0, body.length - cut))))).toThrow(
          BatchError,
        )
        const longer = new Uint8Array(body.length + cut)
        longer.set(body)
        expect(() => decodeBatch(withHash(longer))).toThrow(BatchError)
      }),
    )
  })

  test('of any bytes at all is read or refused, and never anything else', () => {
    const refusedOrRead = (anything: Uint8Array) => {
      try {
        decodeBatch(anything)
      } catch (error) {
        expect(error).toBeInstanceOf(BatchError)
      }
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), refusedOrRead))
    fc.assert(
      fc.property(batch, fc.nat(), fc.integer({ min: 1, max: 255 }), (written, place, change) => {
        const whole = withHash(encodeBatch(written))
        const at = place % whole.length
        whole[at] = (whole[at] ?? 0) ^ change
        refusedOrRead(whole)
      }),
    )
  })

  test('larger than any may be, or without a number, is refused', () => {
    expect(() => decodeBatch(new Uint8Array(largestBatchBytes + 1))).toThrow('larger')
    const body = encodeBatch({
      sessionId: new Uint8Array(16),
      number: 0,
      before: new Uint8Array(32),
      builtAt: 1,
      records: [],
    })
    expect(body).toHaveLength(batchHeaderBytes)
    expect(() => decodeBatch(withHash(body))).toThrow('numbered from 1')
  })
})

import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { decodeBatch, hashBytes, type JournalRecord, sessionBytes } from '../../contract/journal'
import { createBatchBuilder } from './batch-builder'

const session = sessionBytes('00010203-0405-4607-8809-0a0b0c0d0e0f')
const digest = (bytes: Uint8Array<ArrayBuffer>) => crypto.subtle.digest('SHA-256', bytes)
const frame = (rtpTime: number): JournalRecord => ({
  kind: 'frame',
  track: 1,
  at: 1000 + rtpTime,
  capturedAt: null,
  key: true,
  rtpTime,
  number: 7,
  payload: Uint8Array.of(1, 2, 3),
})

test('batches closed at once are numbered and chained in order, empty ones too', async () => {
  const builder = createBatchBuilder(session, digest)
  builder.add(frame(1))
  const first = builder.close(10)
  const second = builder.close(20)
  builder.add(frame(2))
  const third = builder.close(30)
  const built = await Promise.all([first, second, third])
  expect(built.map(({ number }) => number)).toEqual([1, 2, 3])
  const read = built.map(({ bytes }) => decodeBatch(bytes))
  expect(read.map(({ records }) => records.length)).toEqual([1, 0, 1])
  expect([...(read[0]?.before ?? [])]).toEqual(Array.from({ length: hashBytes }, () => 0))
  expect(read[1]?.before).toEqual(read[0]?.hash)
  expect(read[2]?.before).toEqual(read[1]?.hash)
  for (const { bytes } of built)
    expect(createHash('sha256').update(bytes.subarray(0, -hashBytes)).digest()).toEqual(
      Buffer.from(bytes.subarray(-hashBytes)),
    )
})

test('what waits for the next batch is counted', async () => {
  const builder = createBatchBuilder(session, digest)
  builder.add(frame(1))
  expect(builder.size()).toBe(35)
  await builder.close(1)
  expect(builder.size()).toBe(0)
})

test('the session’s id is its UUID', () => {
  expect([...session]).toEqual([0, 1, 2, 3, 4, 5, 0x46, 7, 0x88, 9, 10, 11, 12, 13, 14, 15])
})

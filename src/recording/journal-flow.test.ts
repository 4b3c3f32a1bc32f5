import { expect, test } from 'vitest'
import type { JournalEvent, JournalRecord } from '../contract/journal'
import { createJournalFlow } from './journal-flow'

const track = (number: number, at: number): JournalRecord => ({
  kind: 'track',
  track: number,
  at,
  description: { participant: 'client', kind: 'video', codec: 'vp8', clockRate: 90_000 },
})
const frame = (number: number, at: number): JournalRecord => ({
  ...{ kind: 'frame', track: number, at, capturedAt: null, key: true, rtpTime: 0, number: null },
  payload: new Uint8Array(1),
})
const event = (number: number, at: number, what: JournalEvent): JournalRecord => ({
  kind: 'event',
  track: number,
  at,
  event: what,
})

test('it starts with the first frame, not with a track or a heartbeat', () => {
  const flow = createJournalFlow()
  expect(flow.verdict(0)).toBe('starting')
  flow.handle([track(1, 0)])
  expect(flow.verdict(0)).toBe('starting')
  flow.handle([frame(1, 10)])
  expect(flow.verdict(10)).toBe('flowing')
})

test('a track that was expected and stays silent for more than three seconds is missed', () => {
  const flow = createJournalFlow()
  flow.handle([track(1, 0), track(2, 0), frame(1, 0), frame(2, 0)])
  flow.handle([frame(1, 3500)])
  expect(flow.verdict(3000)).toBe('flowing')
  expect(flow.verdict(3500)).toBe('silent')
  flow.handle([frame(2, 3600)])
  expect(flow.verdict(3600)).toBe('flowing')
})

test('nobody misses a track that ended, was not expected, or a recording that is paused', () => {
  const flow = createJournalFlow()
  flow.handle([track(1, 0), track(2, 0), frame(1, 0), frame(2, 0)])
  flow.handle([event(1, 10, { type: 'ended' }), event(2, 10, { type: 'expected', expected: false })])
  expect(flow.verdict(60_000)).toBe('flowing')
  flow.handle([event(2, 60_000, { type: 'expected', expected: true })])
  expect(flow.verdict(62_000)).toBe('flowing')
  expect(flow.verdict(63_001)).toBe('silent')
  flow.handle([event(0, 63_001, { type: 'paused', paused: true })])
  expect(flow.verdict(90_000)).toBe('paused')
})

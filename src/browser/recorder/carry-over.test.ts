import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FrameRecord, JournalRecord, TrackRecord } from '../../contract/journal'
import { carryOver } from './carry-over'

const track = (number: number, codec: 'opus' | 'webm' = 'opus'): TrackRecord => ({
  kind: 'track',
  track: number,
  at: 0,
  description: { participant: 'client', kind: 'audio', codec, clockRate: codec === 'opus' ? 48_000 : 0 },
})
const frame = (number: number, at: number): FrameRecord => ({
  kind: 'frame',
  track: number,
  at,
  capturedAt: null,
  key: true,
  rtpTime: at,
  number: at,
  payload: Uint8Array.of(at),
})
const ended = (number: number, at: number): JournalRecord => ({
  kind: 'event',
  track: number,
  at,
  event: { type: 'ended' },
})
const known = (...tracks: TrackRecord[]) => new Map(tracks.map((one) => [one.track, one]))

test('a track that the server has from the session before is described again, and ends with what was carried', () => {
  expect(carryOver(known(track(3)), [frame(3, 10), frame(3, 20)])).toEqual({
    records: [{ ...track(3), at: 10 }, frame(3, 10), frame(3, 20), ended(3, 20)],
    lastTrack: 3,
    isWhole: true,
  })
})

test('a track that began and ended meanwhile is carried as it is; what is about no track too', () => {
  const paused: JournalRecord = { kind: 'event', track: 0, at: 5, event: { type: 'paused', paused: true } }
  const unsaved = [track(1), frame(1, 1), ended(1, 2), paused]
  expect(carryOver(known(track(1)), unsaved)).toEqual({ records: unsaved, lastTrack: 1, isWhole: true })
})

test('slices without the head of their file stay behind; with it they are carried', () => {
  const webm = track(2, 'webm')
  expect(carryOver(known(webm), [frame(2, 5)])).toEqual({ records: [], lastTrack: 0, isWhole: false })
  expect(carryOver(known(webm), [webm, frame(2, 5)])).toMatchObject({ isWhole: true, lastTrack: 2 })
})

test('half an hour that waited is carried as a second is', () => {
  const frames = Array.from({ length: 300_000 }, (_, at) => frame(1 + (at % 4), at))
  const { records, lastTrack } = carryOver(known(track(1), track(2), track(3), track(4)), frames)
  expect([records.length, lastTrack]).toEqual([300_008, 4])
})

test('whatever was unsaved: every record stands there once, in order, each between a description and an end', () => {
  const record = fc.oneof(
    fc.tuple(fc.integer({ min: 1, max: 4 }), fc.nat(99)).map(([number, at]) => frame(number, at)),
    fc.tuple(fc.integer({ min: 1, max: 4 }), fc.nat(99)).map(([number, at]) => ended(number, at)),
  )
  fc.assert(
    fc.property(fc.array(record), (unsaved) => {
      const { records } = carryOver(known(track(1), track(2), track(3), track(4)), unsaved)
      expect(records.filter(({ kind }) => kind === 'frame')).toEqual(
        unsaved.filter(({ kind }) => kind === 'frame'),
      )
      const open = new Set<number>()
      for (const one of records) {
        if (one.kind === 'track') open.add(one.track)
        else expect(open.has(one.track)).toBe(true)
        if (one.kind === 'event') open.delete(one.track)
      }
      expect([...open]).toEqual([])
    }),
  )
})

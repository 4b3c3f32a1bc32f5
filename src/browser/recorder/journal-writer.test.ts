import { expect, test } from 'vitest'
import type { JournalRecord } from '../../contract/journal'
import { createJournalWriter, type FrameFacts } from './journal-writer'
import type { TapLabel } from './worker-messages'

const video: TapLabel = { participant: 'client', kind: 'video', side: 'remote' }
const audio: TapLabel = { participant: 'client', kind: 'audio', side: 'remote' }
const wanted = { take: true, expected: true }
const picture = (at: number, part: Partial<FrameFacts> = {}): FrameFacts => ({
  ssrc: 11,
  mimeType: 'video/VP8',
  key: false,
  at,
  capturedAt: null,
  rtpTime: at * 90,
  number: null,
  ...part,
})
const sound = (at: number) => picture(at, { ssrc: 12, mimeType: 'audio/opus' })

function scene() {
  const records: JournalRecord[] = []
  const asked: string[] = []
  const room = { full: false }
  const writer = createJournalWriter({
    write: (record) => records.push(record),
    isFull: () => room.full,
    askKeyFrame: (tap) => asked.push(tap),
  })
  const frames = () => records.flatMap((record) => (record.kind === 'frame' ? [record.at] : []))
  const events = () =>
    records.flatMap((record) => (record.kind === 'event' ? [[record.track, record.event] as const] : []))
  const tracks = () =>
    records.flatMap((record) =>
      record.kind === 'track' ? [[record.track, record.description.kind] as const] : [],
    )
  const payload = () => Uint8Array.of(1)
  return { writer, records, asked, room, frames, events, tracks, payload }
}

test('a picture begins with a key frame; sound with its first', () => {
  const { writer, frames, tracks, payload } = scene()
  writer.plan('v', video, wanted, 0)
  writer.plan('a', audio, wanted, 0)
  writer.frame('v', picture(10), payload)
  writer.frame('a', sound(11), payload)
  writer.frame('v', picture(12, { key: true }), payload)
  writer.frame('v', picture(13), payload)
  expect(frames()).toEqual([11, 12, 13])
  expect(tracks()).toEqual([
    [1, 'video'],
    [2, 'audio'],
  ])
})

test('a frame that comes twice is taken once', () => {
  const { writer, frames, payload } = scene()
  writer.plan('v', video, wanted, 0)
  writer.frame('v', picture(1, { key: true, rtpTime: 9, number: 4 }), payload)
  writer.frame('v', picture(2, { key: true, rtpTime: 9, number: 4 }), payload)
  writer.frame('v', picture(3, { rtpTime: 10, number: 5 }), payload)
  expect(frames()).toEqual([1, 3])
})

test('another SSRC is another track, which waits for its own key frame', () => {
  const { writer, frames, tracks, events, payload } = scene()
  writer.plan('v', video, wanted, 0)
  writer.frame('v', picture(1, { key: true }), payload)
  writer.frame('v', picture(2, { ssrc: 99 }), payload)
  writer.frame('v', picture(3, { ssrc: 99, key: true }), payload)
  expect(frames()).toEqual([1, 3])
  expect(tracks().map(([track]) => track)).toEqual([1, 2])
  expect(events()).toContainEqual([1, { type: 'ended' }])
})

test('a picture that turns out to be a screen is a track of its own', () => {
  const { writer, tracks, payload } = scene()
  writer.plan('v', video, wanted, 0)
  writer.frame('v', picture(1, { key: true }), payload)
  writer.plan('v', { ...video, kind: 'screen' }, wanted, 2)
  writer.frame('v', picture(3, { key: true }), payload)
  expect(tracks()).toEqual([
    [1, 'video'],
    [2, 'screen'],
  ])
})

test('what is not to be taken is not, and in a codec that is not recorded neither', () => {
  const { writer, frames, payload } = scene()
  writer.plan('v', video, { take: false, expected: false }, 0)
  writer.frame('v', picture(1, { key: true }), payload)
  writer.frame('unknown', picture(1, { key: true }), payload)
  writer.plan('v', video, wanted, 2)
  writer.frame('v', picture(3, { key: true, mimeType: 'video/H264' }), payload)
  expect(frames()).toEqual([])
})

test('key frames are asked for at once, twice a second until one comes, then every five seconds', () => {
  const { writer, asked, payload } = scene()
  writer.plan('v', video, wanted, 1000)
  for (const at of [1000, 1250, 1500]) writer.look(at)
  expect(asked).toEqual(['v', 'v'])
  writer.frame('v', picture(1600, { key: true }), payload)
  writer.look(6250)
  expect(asked).toHaveLength(2)
  writer.look(6500)
  expect(asked).toHaveLength(3)
})

test('a track whose frames do not come, or no key frame of it, is missed after two seconds', () => {
  const { writer, payload } = scene()
  writer.plan('v', video, wanted, 1000)
  writer.plan('a', audio, wanted, 1000)
  expect(writer.look(2900)).toEqual([])
  writer.frame('v', picture(3000), payload)
  writer.frame('a', sound(3000), payload)
  expect(writer.look(3100)).toEqual(['remoteVideo'])
  writer.frame('v', picture(3200, { key: true }), payload)
  expect(writer.look(3300)).toEqual([])
  expect(writer.look(5300)).toEqual(['remoteAudio', 'remoteVideo'].reverse())
  writer.plan('a', audio, { take: true, expected: false }, 5400)
  expect(writer.look(5500)).toEqual(['remoteVideo'])
})

test('the journal is told what is expected, muted and paused', () => {
  const { writer, events, frames, payload } = scene()
  writer.plan('v', video, wanted, 0)
  writer.plan('v', video, { take: true, expected: false }, 1)
  writer.muted('client', 'audio', true, 2)
  writer.frame('v', picture(3, { key: true }), payload)
  writer.pause(true, 4)
  writer.frame('v', picture(5, { key: true }), payload)
  writer.pause(false, 6)
  writer.frame('v', picture(7), payload)
  writer.frame('v', picture(8, { key: true }), payload)
  expect(events()).toEqual([
    [1, { type: 'expected', expected: true }],
    [1, { type: 'expected', expected: false }],
    [0, { type: 'muted', participant: 'client', kind: 'audio', muted: true }],
    [0, { type: 'paused', paused: true }],
    [0, { type: 'paused', paused: false }],
  ])
  expect(frames()).toEqual([3, 8])
})

test('while held nothing is taken, but what comes is seen; then the picture begins anew', () => {
  const { writer, frames, payload } = scene()
  writer.plan('v', video, wanted, 0)
  writer.hold(true)
  writer.frame('v', picture(3000, { key: true }), payload)
  expect(writer.look(3500)).toEqual([])
  expect(writer.look(6000)).toEqual(['remoteVideo'])
  writer.hold(false)
  writer.frame('v', picture(6100), payload)
  writer.frame('v', picture(6200, { key: true }), payload)
  expect(frames()).toEqual([6200])
})

test('frames for which there is no room are counted and told, and the picture begins anew', () => {
  const { writer, room, frames, events, payload } = scene()
  writer.plan('v', video, wanted, 0)
  writer.frame('v', picture(1000, { key: true }), payload)
  room.full = true
  writer.frame('v', picture(2000), payload)
  writer.frame('v', picture(3000), payload)
  room.full = false
  writer.frame('v', picture(4000), payload)
  writer.frame('v', picture(5000, { key: true }), payload)
  expect(frames()).toEqual([1000, 5000])
  expect(events()).toContainEqual([0, { type: 'dropped', frames: 2, seconds: 2 }])
})

test('after the stop nothing is written, and each track has ended', () => {
  const { writer, records, events, payload } = scene()
  writer.plan('v', video, wanted, 0)
  writer.frame('v', picture(1, { key: true }), payload)
  writer.stop(2)
  expect(events()).toContainEqual([1, { type: 'ended' }])
  const length = records.length
  writer.frame('v', picture(3), payload)
  writer.muted('client', 'audio', true, 3)
  writer.gone('v', 4)
  expect(records).toHaveLength(length)
})

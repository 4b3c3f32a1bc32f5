import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JournalEvent, JournalRecord } from '../../src/contract/journal'
import { buildIndex } from '../../src/recording/build-index'
import { eventRecord, inOrder, type TrackOptions, trackRecords } from '../support/journal-for-tests'
import { muxSessions } from '../support/mux-for-tests'
import { flashes, flashOffsets } from '../support/read-webm'
import { type SampleMedia, sampleMedia, type SamplePacket } from '../support/sample-media'

let folder: string
let media: SampleMedia | undefined
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'e-wizyta-situations-'))
  media = await sampleMedia({ seconds: 20 })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const start = Date.parse('2026-12-21T09:00:00Z')
const between = (packets: readonly SamplePacket[], fromSeconds: number, toSeconds: number) =>
  packets.filter(({ ms }) => ms >= fromSeconds * 1000 - 1 && ms < toSeconds * 1000 - 1)
const without = (packets: readonly SamplePacket[], fromSeconds: number, toSeconds: number) =>
  packets.filter((packet) => !between([packet], fromSeconds, toSeconds).includes(packet))

const track = (
  packets: readonly SamplePacket[],
  number: number,
  kind: TrackOptions['kind'],
  options: Partial<TrackOptions> = {},
) => trackRecords(packets, { track: number, participant: 'client', kind, startsAt: start, ...options })
const event = (seconds: number, what: JournalEvent) => eventRecord(start + seconds * 1000, what)

async function record(...records: JournalRecord[][]) {
  const muxed = await muxSessions(folder, inOrder(...records))
  const index = buildIndex(muxed, { startedAt: new Date(start), endedAt: null, chapters: [] })
  return { ...muxed, index }
}
const brightnessIn = (
  { brightness }: ReturnType<Awaited<ReturnType<typeof record>>['read']>,
  from: number,
  to: number,
) => brightness.filter(({ seconds }) => seconds > from && seconds < to).map(({ value }) => value)

describe('where no picture is to be expected', () => {
  test.for([
    {
      name: 'the camera is off',
      events: [
        event(5, { type: 'muted', participant: 'client', kind: 'video', muted: true }),
        event(10, { type: 'muted', participant: 'client', kind: 'video', muted: false }),
      ],
      why: 'camera_off',
    },
    {
      name: 'the recording is paused',
      events: [event(5, { type: 'paused', paused: true }), event(10, { type: 'paused', paused: false })],
      why: 'paused',
    },
    {
      name: 'the page gave frames up',
      events: [event(10, { type: 'dropped', frames: 100, seconds: 5 })],
      why: 'dropped',
    },
  ])('because $name, there is black, and the index says why', async ({ events, why }, { skip }) => {
    if (!media) return skip('ffmpeg is missing')
    const { read, index } = await record(
      track(media.sound, 1, 'audio'),
      track(without(media.picture, 5, 10), 2, 'video'),
      events,
    )
    const webm = read('client.webm')
    expect(webm.complaints).toBe('')
    const dark = brightnessIn(webm, 4.97, 9.95)
    expect(dark.length).toBeGreaterThan(0)
    for (const value of dark) expect(value).toBeLessThan(20)
    for (const value of brightnessIn(webm, 4.2, 4.9)) expect(value).toBeGreaterThan(20)
    expect(index.gaps).toMatchObject([{ participant: 'client', kind: 'video', why }])
    const [gap] = index.gaps
    expect(Math.abs((gap?.fromMs ?? 0) - 5000)).toBeLessThan(100)
    expect(Math.abs((gap?.toMs ?? 0) - 10_000)).toBeLessThan(100)
    expect(flashes(webm).filter((flash) => flash < 4.9 || flash > 9.9)).toHaveLength(8)
  })

  test('a muted microphone is no gap, and its time is silent', async ({ skip }) => {
    if (!media) return skip('ffmpeg is missing')
    const { read, index } = await record(
      track(without(media.sound, 5, 10), 1, 'audio'),
      track(media.picture, 2, 'video'),
      [
        event(5, { type: 'muted', participant: 'client', kind: 'audio', muted: true }),
        event(10, { type: 'muted', participant: 'client', kind: 'audio', muted: false }),
      ],
    )
    const webm = read('client.webm')
    expect(index.gaps).toEqual([])
    expect(index.mutes).toEqual([{ fromMs: 5000, toMs: 10_000, participant: 'client', kind: 'audio' }])
    for (const value of webm.loudness.slice(5.1 * 200, 9.9 * 200)) expect(value).toBeLessThan(200)
    expect(webm.loudness.length * 5).toBeCloseTo(index.durationMs, -2)
  })
})

describe('shared screens', () => {
  test('are files of their own; a short break does not end one', async ({ skip }) => {
    if (!media) return skip('ffmpeg is missing')
    const screen = (number: number, from: number, participant: 'client' | 'officer') =>
      track(between(media?.picture ?? [], 0, 5), number, 'screen', {
        startsAt: start + from * 1000,
        participant,
      })
    const { read, index } = await record(
      track(media.sound, 1, 'audio'),
      screen(2, 1, 'client'),
      screen(3, 14, 'client'),
      screen(4, 60, 'client'),
      screen(5, 8, 'officer'),
    )
    expect(index.files.map(({ name, kind, offsetMs }) => [name, kind, Math.round(offsetMs / 1000)])).toEqual([
      ['client.webm', 'person', 0],
      ['client-screen-1.webm', 'screen', 1],
      ['client-screen-2.webm', 'screen', 60],
      ['officer-screen-1.webm', 'screen', 8],
    ])
    const first = read('client-screen-1.webm')
    expect(first.complaints).toBe('')
    expect(first.streams).toEqual(['vp8'])
    expect(first.seconds).toBeCloseTo(18, 0)
    for (const value of brightnessIn(first, 5.1, 12.9)) expect(value).toBeLessThan(20)
    expect(read('officer-screen-1.webm').seconds).toBeCloseTo(5, 0)
  })
})

describe('pictures', () => {
  test('of several sizes lie in one track, and black ones take the size before', async ({ skip }) => {
    const large = await sampleMedia({ seconds: 10, width: 480, height: 270 })
    if (!media || !large) return skip('ffmpeg is missing')
    const sizes = [
      ...between(media.picture, 0, 5),
      ...between(large.picture, 5, 10),
      ...between(media.picture, 15, 20),
    ]
    const { read, index } = await record(track(media.sound, 1, 'audio'), track(sizes, 2, 'video'), [
      event(10, { type: 'muted', participant: 'client', kind: 'video', muted: true }),
      event(15, { type: 'muted', participant: 'client', kind: 'video', muted: false }),
    ])
    const webm = read('client.webm')
    expect(webm.complaints).toBe('')
    for (const offset of flashOffsets(webm)) expect(Math.abs(offset)).toBeLessThan(40)
    expect(flashes(webm).filter((flash) => flash < 9.9)).toHaveLength(5)
    for (const value of brightnessIn(webm, 9.97, 14.9)) expect(value).toBeLessThan(20)
    expect(index.gaps.map(({ why }) => why)).toEqual(['camera_off'])
  })

  test('whose ids come twice near a key frame are all shown; after a missing one none until the next key frame', async ({
    skip,
  }) => {
    if (!media) return skip('ffmpeg is missing')
    const twice = track(media.picture, 1, 'video').map((one) =>
      one.kind === 'frame' && one.number !== null
        ? { ...one, number: one.number - (one.number > 2 ? 1 : 0) - (one.number > 101 ? 1 : 0) }
        : one,
    )
    const { read, files } = await record(twice)
    expect(files[0]?.missing).toEqual([])
    expect(read('client.webm').brightness).toHaveLength(media.picture.length)

    const lacking = await record(track(media.picture, 1, 'video').filter((_, n) => n !== 121))
    const [missing] = lacking.files[0]?.missing ?? []
    // Key frames come every five seconds
    expect(Math.round(((missing?.from ?? 0) - start) / 100) / 10).toBeCloseTo(6, 0)
    expect(Math.round(((missing?.to ?? 0) - start) / 100) / 10).toBeCloseTo(10, 0)
    expect(lacking.index.gaps.map(({ why }) => why)).toEqual(['missing'])
  })

  test('and sound that several connections carry are taken once, of each person', async ({ skip }) => {
    if (!media) return skip('ffmpeg is missing')
    const { sound, picture } = media
    const late = { startsAt: start + 90 }
    const { read, index } = await record(
      track(sound, 1, 'audio'),
      track(picture, 2, 'video'),
      track(sound, 3, 'audio', late),
      track(picture, 4, 'video', late),
      track(sound, 5, 'audio', { participant: 'guardian', startsAt: start + 3000 }),
      track(picture, 6, 'video', { participant: 'guardian', startsAt: start + 3000 }),
    )
    expect(index.files.map(({ name }) => name)).toEqual(['client.webm', 'guardian.webm'])
    expect(read('client.webm').brightness.length).toBeLessThan(picture.length + 5)
    expect(read('client.webm').complaints).toBe('')
    const guardian = read('guardian.webm')
    for (const offset of flashOffsets(guardian)) expect(Math.abs(offset)).toBeLessThan(40)
    expect(index.files[1]?.offsetMs).toBe(3000)
  })
})

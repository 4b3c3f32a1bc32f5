import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { carryOver } from '../../src/browser/recorder/carry-over'
import { inOrder, trackRecords } from '../support/journal-for-tests'
import { muxSessions } from '../support/mux-for-tests'
import { flashes, flashOffsets } from '../support/read-webm'
import { type SampleMedia, sampleMedia } from '../support/sample-media'

let folder: string
let media: SampleMedia | undefined
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'e-wizyta-mux-'))
  media = await sampleMedia({ seconds: 20 })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const start = Date.parse('2026-12-21T09:00:00Z')

/** Sound and picture of the sample as one person sends them, each with its own RTP base. */
const person = (
  { picture, sound }: SampleMedia,
  participant: 'client' | 'officer',
  startsAt: number,
  firstTrack = 1,
) => [
  trackRecords(sound, {
    track: firstTrack,
    participant,
    kind: 'audio',
    startsAt,
    delayMs: 60,
    firstRtp: 2 ** 32 - 90_000,
  }),
  trackRecords(picture, {
    track: firstTrack + 1,
    participant,
    kind: 'video',
    startsAt,
    delayMs: 90,
    firstRtp: 2 ** 32 - 400_000,
  }),
]

describe('a recording of two people', () => {
  test('becomes two files that play, are whole and in sync', async ({ skip }) => {
    if (!media) return skip('ffmpeg is missing')
    const { read, plan } = await muxSessions(
      folder,

      inOrder(...person(media, 'client', start), ...person(media, 'officer', start + 500, 3)),
    )
    expect(plan.files.map(({ name, from }) => [name, Math.round(from - start)])).toEqual([
      ['client.webm', 0],
      ['officer.webm', 500],
    ])
    for (const name of ['client.webm', 'officer.webm']) {
      const webm = read(name)
      expect(webm.complaints).toBe('')
      expect(webm.streams.sort()).toEqual(['opus', 'vp8'])
      expect(webm.seconds).toBeCloseTo(20, 0)
      expect(flashes(webm)).toHaveLength(10)
      for (const offset of flashOffsets(webm)) expect(Math.abs(offset)).toBeLessThan(40)
    }
  })

  test('goes on over a page load: silence and black between, and later flashes stay in sync', async ({
    skip,
  }) => {
    if (!media) return skip('ffmpeg is missing')
    const again = start + 26_000
    const { read } = await muxSessions(
      folder,

      inOrder(...person(media, 'client', start)),
      inOrder(...person(media, 'client', again)),
    )
    const webm = read('client.webm')
    expect(webm.complaints).toBe('')
    expect(webm.seconds).toBeCloseTo(46, 0)
    for (const offset of flashOffsets(webm)) expect(Math.abs(offset)).toBeLessThan(40)
    expect(flashes(webm).some((flash) => Math.abs(flash - 26) < 0.1)).toBe(true)
    const between = webm.brightness.filter(({ seconds }) => seconds > 20.1 && seconds < 25.9)
    expect(between.length).toBeGreaterThan(0)
    for (const { value } of between) expect(value).toBeLessThan(20)
  })

  test('goes on without a gap where a session was refused and another took over what was left', async ({
    skip,
  }) => {
    if (!media) return skip('ffmpeg is missing')
    const records = inOrder(...person(media, 'client', start))
    const described = new Map(
      records.flatMap((record) => (record.kind === 'track' ? [[record.track, record] as const] : [])),
    )
    // In the middle between two key frames
    const refusedAt = records.findIndex(({ at }) => at > start + 7000)
    const carried = carryOver(described, records.slice(refusedAt))
    const { read, files } = await muxSessions(folder, records.slice(0, refusedAt), [...carried.records])
    expect(files[0]?.missing).toEqual([])
    const webm = read('client.webm')
    expect(webm.complaints).toBe('')
    expect(webm.brightness).toHaveLength(media.picture.length)
    expect(flashes(webm)).toHaveLength(10)
    for (const offset of flashOffsets(webm)) expect(Math.abs(offset)).toBeLessThan(40)
  })

  test('that lacks pictures and sound decodes without a complaint, and says where', async ({ skip }) => {
    if (!media) return skip('ffmpeg is missing')
    const [sound = [], picture = []] = person(media, 'client', start)
    const { read, files } = await muxSessions(
      folder,

      inOrder(
        sound.filter((_, n) => n % 17 !== 5),
        picture.filter((_, n) => n !== 130),
      ),
    )
    const webm = read('client.webm')
    expect(webm.complaints).toBe('')
    for (const offset of flashOffsets(webm)) expect(Math.abs(offset)).toBeLessThan(40)
    expect(files[0]?.missing).toHaveLength(1)
  })
})

import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JournalRecord } from '../../src/contract/journal'
import { createFolderStore } from '../../src/platform/folder-store'
import { randomKeys } from '../../src/platform/keys'
import { muxRecording } from '../../src/recording/mux-recording'
import { makeRecordingKey } from '../../src/recording/recording-key'
import { readSealedFile } from '../../src/recording/sealed-file'
import { fileName } from '../../src/recording/store-names'
import { inOrder, makeBatches, storeJournal, trackRecords } from '../support/journal-for-tests'
import { beeps, flashes, readWebm } from '../support/read-webm'
import { type SampleMedia, sampleMedia } from '../support/sample-media'

let folder: string
let media: SampleMedia | undefined
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'e-wizyta-mux-'))
  media = await sampleMedia({ seconds: 20 })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const start = Date.parse('2026-12-21T09:00:00Z')

/** Muxes sessions and writes the plain files to read them with other programs. */
async function mux(...sessions: JournalRecord[][]) {
  const visitId = randomUUID()
  const run = randomUUID()
  const { key } = makeRecordingKey(randomKeys(), visitId)
  const store = createFolderStore(join(folder, visitId))
  const stored = []
  for (const records of sessions) {
    const sessionId = randomUUID()
    stored.push(await storeJournal(store, key, { visitId, sessionId }, makeBatches(sessionId, records), 30))
  }
  const work = join(folder, run)
  const muxed = await muxRecording({
    store,
    key,
    visitId,
    run,
    sessions: stored,
    folder: work,
    stillOurs: () => Promise.resolve(),
  })
  const files = new Map<string, string>()
  for (const { plan, path, length } of muxed.files) {
    await store.putFile(fileName(visitId, run, plan.name), path)
    const plain: Buffer[] = []
    for await (const piece of readSealedFile(store, key, { visitId, run, name: plan.name, length }))
      plain.push(piece)
    expect(Buffer.concat(plain)).toHaveLength(length)
    const target = join(work, `plain-${plan.name}`)
    await writeFile(target, Buffer.concat(plain))
    files.set(plan.name, target)
  }
  const read = (name: string) => {
    const path = files.get(name)
    const webm = path === undefined ? undefined : readWebm(path)
    if (!webm) throw new Error(`${name} was not made`)
    return webm
  }
  return { ...muxed, paths: files, read }
}

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

const offsets = (webm: ReturnType<typeof readWebm> & object) => {
  const heard = beeps(webm)
  return flashes(webm).map((flash) => {
    const nearest = heard.reduce(
      (best, beep) => (Math.abs(beep - flash) < Math.abs(best - flash) ? beep : best),
      Infinity,
    )
    return (flash - nearest) * 1000
  })
}

describe('a recording of two people', () => {
  test('becomes two files that play, are whole and in sync', async ({ skip }) => {
    if (!media) return skip()
    const { read, plan } = await mux(
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
      for (const offset of offsets(webm)) expect(Math.abs(offset)).toBeLessThan(40)
    }
  })
})

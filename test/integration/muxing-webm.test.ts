import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JournalRecord } from '../../src/contract/journal'
import { launchPerson } from '../support/browser'
import { numbersInAll } from '../support/fake-media'
import { muxSessions } from '../support/mux-for-tests'
import { readFileFrames } from '../support/read-frames'
import { beeps } from '../support/read-webm'

/** What the browser's recorder made of a fake camera, and when each piece was handed over. */
let pieces: { at: number; bytes: Uint8Array }[]
let startedAt: number
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'e-wizyta-webm-'))
  const person = await launchPerson({ camera: 'client' })
  try {
    // Devices are given to safe origins only, and this machine is one
    await person.page.route('http://localhost/', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<title>Kamera</title>' }),
    )
    await person.page.goto('http://localhost/')
    const made = await person.page.evaluate(async () => {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true })
      const recorder = new MediaRecorder(stream, { mimeType: 'video/webm;codecs=vp8,opus' })
      const found: { at: number; blob: Blob }[] = []
      const enough = new Promise<void>((resolve) => {
        recorder.ondataavailable = ({ data }) => {
          if (data.size > 0) found.push({ at: Date.now(), blob: data })
          if (found.length >= 8) resolve()
        }
      })
      const begun = new Promise<number>((resolve) => {
        recorder.onstart = () => resolve(Date.now())
      })
      recorder.start(1000)
      const from = await begun
      await enough
      const all = found.map(async ({ at, blob }) => ({
        at,
        bytes: [...new Uint8Array(await blob.arrayBuffer())],
      }))
      return { from, pieces: await Promise.all(all) }
    })
    startedAt = made.from
    pieces = made.pieces.map(({ at, bytes }) => ({ at, bytes: Uint8Array.from(bytes) }))
  } finally {
    await person.close()
  }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const recorded = (given: typeof pieces, shiftMs = 0): JournalRecord[] => [
  {
    ...{ kind: 'track', track: 1, at: startedAt + shiftMs },
    description: { participant: 'client', kind: 'video', codec: 'webm', clockRate: 0 },
  },
  ...given.map(({ at, bytes }, index): JournalRecord => ({
    ...{ kind: 'frame', track: 1, at: at + shiftMs, key: index === 0, rtpTime: 0, number: index + 1 },
    capturedAt: null,
    payload: bytes,
  })),
]

/** The camera's numbers in a file; they must rise. */
function risingNumbers(path: string | undefined) {
  const frames = (path === undefined ? undefined : readFileFrames(path)) ?? []
  const shown = frames.flatMap(({ seconds, number }) => (number === null ? [] : [{ seconds, number }]))
  shown.slice(1).forEach(({ number, seconds }, index) => {
    const before = shown[index]
    if (!before) return
    const step = (number - before.number + numbersInAll) % numbersInAll
    expect(step, `at ${seconds} s`).toBeLessThanOrEqual((seconds - before.seconds) * 10 + 2)
  })
  return shown
}

describe('what the own recorder of the browser made', () => {
  test('become a file that is whole, seekable and in step with its sound', async () => {
    const { read, paths } = await muxSessions(folder, recorded(pieces))
    const webm = read('client.webm')
    expect(webm.complaints).toBe('')
    expect(webm.streams.sort()).toEqual(['opus', 'vp8'])
    expect(webm.seconds).toBeGreaterThan(6)
    const shown = risingNumbers(paths.get('client.webm'))
    expect(shown.at(-1)?.seconds ?? 0).toBeGreaterThan(webm.seconds - 1.5)
    expect(beeps(webm).length).toBeGreaterThan(webm.seconds)
  })

  test('of a recorder that was killed in the middle of a piece are kept up to there', async () => {
    const last = pieces.at(-1)
    if (!last) throw new Error('No piece')
    const torn = [
      ...pieces.slice(0, -1),
      { ...last, bytes: last.bytes.slice(0, Math.floor(last.bytes.length / 2)) },
    ]
    const again = startedAt + 15_000
    const { read, paths, plan } = await muxSessions(
      folder,
      recorded(torn),
      recorded(pieces, again - startedAt),
    )
    const webm = read('client.webm')
    expect(webm.complaints).toBe('')
    expect(plan.files).toHaveLength(1)
    const frames = (readFileFrames(paths.get('client.webm') ?? '') ?? []).filter(
      ({ number }) => number !== null,
    )
    const before = frames.filter(({ seconds }) => seconds < 14)
    expect(before.at(-1)?.seconds ?? 0).toBeGreaterThan(6)
    expect(frames.at(-1)?.seconds ?? 0).toBeGreaterThan(21)
  })

  test('that are only the beginning of a header are no recording, and stop nothing', async () => {
    const [first] = pieces
    if (!first) throw new Error('No piece')
    const { files, damages } = await muxSessions(
      folder,
      recorded([{ ...first, bytes: first.bytes.slice(0, 20) }]),
    )
    expect(files).toEqual([])
    expect(damages).toEqual([])
  })
})

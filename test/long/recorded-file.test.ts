import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { finaliseDueRecordings } from '../../src/recording/finalise-due-recordings'
import { verifyRecording } from '../../src/recording/verify-recording'
import { type BrowserPerson, launchPerson } from '../support/browser'
import { runningClock } from '../support/fake-clock'
import { numbersInAll, readFrame } from '../support/fake-media'
import { openFinalised } from '../support/plain-file'
import { readFileFrames } from '../support/read-frames'
import { beeps, readWebm } from '../support/read-webm'
import { framesByTrack, type RecordedSession, recordedSessions } from '../support/recorded-journal'
import { startTcpProxy } from '../support/tcp-proxy'
import { startTestProduct, type TestProduct } from '../support/test-product'
import { endVisit, patience } from '../e2e/visit-people'
import { reachCall } from '../e2e/reach-call'
import { tellWhatThePageSaid } from '../e2e/what-the-page-said'

let product: TestProduct
let folder: string
let citizen: BrowserPerson
let officer: BrowserPerson
let sessions: RecordedSession[]
let files: Awaited<ReturnType<typeof openFinalised>>
const four = ['client audio', 'client video', 'officer audio', 'officer video']
/** The camera makes ten pictures a second. */
const framesPerSecond = 10

/** A call in which the server is away for a while, and the officer's page is loaded anew afterwards. */
async function recordedCall(): Promise<string> {
  const wire = await startTcpProxy({ port: Number(new URL(product.url).port) })
  officer = await launchPerson({
    camera: 'officer',
    viewport: { width: 1366, height: 768 },
    detour: { from: Number(new URL(product.url).port), to: wire.port },
  })
  const visit = await reachCall(
    product,
    { citizen: citizen.page, officer: officer.page },
    { phone: '601 555 611', email: 'plik@example.org' },
  )

  const last = async () => (await recordedSessions(product.services, visit.id)).at(-1)
  const holds = (more: number) =>
    vi.waitFor(async () => {
      const counts = framesByTrack((await last())?.records ?? [])
      for (const track of four) expect(counts[track] ?? 0, track).toBeGreaterThan(more)
    }, patience)
  await holds(30)
  await wire.cut()
  await officer.page.locator('#nagranie', { hasText: 'czeka na wysłanie' }).waitFor()
  await officer.page.locator('#nagranie-przerwane').waitFor()
  await wire.restore()
  await officer.page.locator('#nagranie', { hasText: 'zaległe nagranie wysłane' }).waitFor()
  const first = await last()
  await officer.page.reload()
  await vi.waitFor(async () => expect((await last())?.id).not.toBe(first?.id), patience)
  await holds(50)
  await endVisit(officer.page)
  await vi.waitFor(async () => expect((await last())?.closed).toBe(true), patience)
  return visit.id
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'e-wizyta-recorded-file-'))
  product = await startTestProduct(inject('postgresUrl'), {
    clock: runningClock(),
    environment: { RECORDINGS_STORE: join(folder, 'store') },
  })
  citizen = await launchPerson({ camera: 'client', viewport: { width: 360, height: 740 } })
  const visitId = await recordedCall()
  const { db, store, keys, clock, log } = product.services
  const parts = { db, store, keys, clock, log, folder: join(folder, 'finalising') }
  expect(await finaliseDueRecordings(parts)).toBe(1)
  expect(await verifyRecording(parts, visitId)).toMatchObject({ outcome: 'whole', sessions: 2, files: 3 })
  files = await openFinalised(product.services, visitId, folder)
  sessions = await recordedSessions(product.services, visitId)
})
afterAll(async () => {
  await citizen.close()
  await officer.close()
  await product.stop()
  await rm(folder, { recursive: true, force: true })
})
afterEach(async (context) => {
  await tellWhatThePageSaid(context, citizen.page)
  await tellWhatThePageSaid(context, officer.page)
})

/** Numbers of the camera in a file, each with when it is shown. */
function numbered(path: string): { seconds: number; number: number }[] | undefined {
  return readFileFrames(path)?.flatMap(({ seconds, number }) =>
    number === null ? [] : [{ seconds, number }],
  )
}

/** Neighbours in a list, and whether the officer's page was loaded anew between them. */
function pairs<T>(list: readonly T[], secondsOf: (one: T) => number, offset: number) {
  const [reload = 0] = files.index.reloads
  return list.slice(1).map((after, index) => {
    const before = list[index] as T
    const [from, to] = [secondsOf(before) * 1000 + offset, secondsOf(after) * 1000 + offset]
    return { before, after, seconds: (to - from) / 1000, overReload: from <= reload && to >= reload - 1000 }
  })
}

describe.each(['client', 'officer'] as const)('the file of the %s', (person) => {
  const file = () => {
    const described = files.index.files.find(({ participant }) => participant === person)
    if (!described) throw new Error('It was not made')
    return { ...described, path: files.paths[described.name] ?? '' }
  }

  test('holds every second of the call but those of the page load, in their order', ({ skip }) => {
    const { path, offsetMs } = file()
    const frames = numbered(path)
    if (!frames) return skip('ffmpeg is missing')
    expect(frames.length).toBeGreaterThan(80)
    // Whatever the camera of a busy machine left out, nothing that was recorded is left out of the file
    const recorded = sessions.reduce(
      (sum, { records }) => sum + (framesByTrack(records)[`${person} video`] ?? 0),
      0,
    )
    expect(frames.length).toBeGreaterThanOrEqual(recorded * 0.9)
    const steps = pairs(frames, ({ seconds }) => seconds, offsetMs)
    expect(steps.filter(({ overReload }) => overReload).length).toBeGreaterThan(0)
    for (const { before, after, seconds, overReload } of steps) {
      // A camera that was loaded anew begins where it likes
      if (overReload && person === 'officer') continue
      const step = (after.number - before.number + numbersInAll) % numbersInAll
      const where = `${before.number} at ${before.seconds} s, ${after.number} at ${after.seconds} s`
      expect(step, where).toBeLessThanOrEqual(seconds * framesPerSecond + framesPerSecond)
    }
    expect(files.index.reloads).toHaveLength(1)
  })

  test('decodes without a complaint, beeps on, and has sound or silence from end to end', async ({
    skip,
  }) => {
    const { path, durationMs, offsetMs } = file()
    const webm = readWebm(path)
    if (!webm) return skip('ffmpeg is missing')
    expect(webm.complaints).toBe('')
    expect(webm.streams.sort()).toEqual(['opus', 'vp8'])
    expect(webm.seconds * 1000).toBeCloseTo(durationMs, -2)
    // Decoded without regard to its times: whatever is missing would make it shorter
    expect(Math.abs(webm.loudness.length * 5 - durationMs)).toBeLessThan(100)
    const heard = beeps(webm)
    // The microphone of a busy machine may stand still now and then; the beeps it made stay half a second apart
    const steps = pairs(heard, (at) => at, offsetMs).filter(({ overReload }) => !overReload)
    const even = steps.filter(({ seconds }) => Math.abs(seconds - 0.5) < 0.08)
    expect(even.length).toBeGreaterThan(steps.length / 2)
    expect(heard.length).toBeGreaterThan(10)
    const cues = Buffer.from('1c53bb6b', 'hex')
    expect((await readFile(path)).includes(cues)).toBe(true)
  })

  test('plays in a browser, which finds every place in it', async ({ skip }) => {
    const { path, durationMs } = file()
    const page = await citizen.context.newPage()
    await page.setContent('<input type="file"><video muted></video>')
    await page.locator('input').setInputFiles(path)
    const duration = await page.evaluate(
      () =>
        new Promise<number>((resolve, reject) => {
          const video = document.querySelector('video')
          const chosen = document.querySelector('input')?.files?.[0]
          if (!video || !chosen) {
            reject(new Error('No file'))
            return
          }
          video.onloadeddata = () => resolve(video.duration)
          video.onerror = () => reject(new Error(video.error?.message))
          video.src = URL.createObjectURL(chosen)
        }),
    )
    expect(duration * 1000).toBeCloseTo(durationMs, -2)

    const frames = readFileFrames(path)
    if (!frames) return skip('ffmpeg is missing')
    const places = [0.8, 0.1, 0.5, 0.3, 0.95].map((share) => share * duration)
    for (const place of places) {
      await page.evaluate(
        (to) =>
          new Promise((resolve) => {
            const video = document.querySelector('video')
            video?.addEventListener('seeked', resolve, { once: true })
            if (video) video.currentTime = to
          }),
        place,
      )
      const expected = frames.filter(({ seconds }) => seconds <= place).at(-1)
      const shown = await readFrame(page, 'video')
      expect(shown?.number ?? null, `${place} s`).toBe(expected?.number ?? null)
      if (shown) expect(shown.person).toBe(person)
    }

    const end = await page.evaluate(async () => {
      const video = document.querySelector('video')
      if (!video) throw new Error('No video')
      video.currentTime = 0
      video.playbackRate = 4
      const ended = new Promise((resolve) => video.addEventListener('ended', resolve))
      await video.play()
      await ended
      return { at: video.currentTime, error: video.error?.message }
    })
    expect(end.error).toBeUndefined()
    expect(end.at).toBeCloseTo(duration, 0)
    await page.close()
  })
})

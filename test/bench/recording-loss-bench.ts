import { randomInt } from 'node:crypto'
import type { FrameRecord } from '../../src/contract/journal'
import { startChildProduct, freePort } from '../support/child-product'
import { framesOf, type RecordedSession } from '../support/recorded-journal'
import { type RecordedCalls, recordedCalls } from '../support/recorded-call'
import { startTcpProxy } from '../support/tcp-proxy'
import type { Bench } from './bench-run'

const browserKills = 10
const reloads = 5
const serverKills = 4
const outageMilliseconds = 30_000
const tracks = ['client audio', 'client video', 'officer audio', 'officer video']

/** How much of a recording is lost when something dies or breaks: read from what lies in the store afterwards. */
export const recordingLossBench: Bench = async (run) => {
  const databaseUrl = await run.createDatabase('loss')
  const dataFolder = run.dataFolder('loss')
  const port = await freePort()
  const start = () =>
    startChildProduct({
      ROLE: 'server',
      RATE_LIMITS: 'off',
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      DATA_DIR: dataFolder,
    })
  let product = await start()
  const calls = await recordedCalls({ url: product.url, databaseUrl, dataFolder }, 1)
  const wire = await startTcpProxy({ port })
  try {
    const detour = { from: port, to: wire.port }
    const client = await calls.launch({ camera: 'client', viewport: { width: 360, height: 740 } })
    let officer = await calls.launch({ camera: 'officer', detour })
    await calls.signIn(officer.page)
    const visit = calls.nextVisit()
    await calls.join(visit, client.page, officer.page)
    await calls.isRecorded(client.page, officer.page)
    const last = () => lastSession(calls, visit.id)
    const allFlow = () =>
      until(async () => {
        const session = await last()
        return tracks.every((name) => count(session, name) > 20)
      })
    await allFlow()

    const outage = await lostMeanwhile(last, async () => {
      await wire.cut()
      await pause(outageMilliseconds)
      await wire.restore()
    })
    run.note(`an outage of 30 s: ${outage.toFixed(3)} s of sound are missing`)

    const server = await lostMeanwhile(last, async () => {
      for (let n = 0; n < serverKills; n++) {
        await product.end('SIGKILL')
        product = await start()
        await pause(randomInt(500, 3000))
      }
    })
    run.note(`${serverKills} kills of the server: ${server.toFixed(3)} s of sound are missing`)

    const reloaded: number[] = []
    for (let n = 0; n < reloads; n++) {
      const before = await last()
      await officer.page.reload({ waitUntil: 'commit' })
      await until(async () => (await last())?.id !== before?.id)
      await allFlow()
      const sessions = await calls.sessions(visit.id)
      reloaded.push(gapBetween(sessions.at(-2), sessions.at(-1)))
    }
    run.note(`reload of the officer: ${list(reloaded)}`)

    const killed: number[] = []
    for (let n = 0; n < browserKills; n++) {
      await pause(randomInt(1000, 2000))
      const before = await last()
      const at = Date.now()
      await officer.kill()
      const { profile } = officer
      // What the dying page had sent is on its way still
      await pause(1000)
      const found = (await calls.sessions(visit.id)).find(({ id }) => id === before?.id)
      killed.push(Math.max(...tracks.map((name) => (at - lastAt(found, name)) / 1000)))
      officer = await calls.launch({ camera: 'officer', detour, profile })
      await officer.page.goto(`${product.url}/pracownik/wizyta/${visit.id}`)
      await until(async () => (await last())?.id !== before?.id)
      await allFlow()
    }
    run.note(`kill of the officer's browser: ${list(killed)}`)
    return [
      { name: 'recording.lost.browser_kill.s', value: Math.max(...killed), unit: 's', goal: { most: 1 } },
      { name: 'recording.lost.server_kill.s', value: server, unit: 's', goal: { most: 0 } },
      { name: 'recording.lost.outage30s.s', value: outage, unit: 's', goal: { most: 0 } },
      { name: 'recording.lost.reload.s', value: Math.max(...reloaded), unit: 's', goal: { most: 1 } },
    ]
  } finally {
    await calls.close()
    await wire.cut()
    await product.end('SIGKILL')
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
const list = (seconds: readonly number[]) => seconds.map((one) => `${one.toFixed(2)} s`).join(', ')

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 90_000
  while (!(await holds().catch(() => false))) {
    if (performance.now() > end) throw new Error('It does not come')
    await pause(200)
  }
}

const lastSession = async (calls: RecordedCalls, visitId: string) => (await calls.sessions(visitId)).at(-1)
const framesIn = (session: RecordedSession | undefined, name: string): readonly FrameRecord[] =>
  framesOf(session?.records ?? []).get(name) ?? []
const count = (session: RecordedSession | undefined, name: string) => framesIn(session, name).length
const lastAt = (session: RecordedSession | undefined, name: string) =>
  Math.max(...framesIn(session, name).map(({ at }) => at))

/** Between the last frame before and the first after, of the track that was away longest. */
const gapBetween = (before: RecordedSession | undefined, after: RecordedSession | undefined): number =>
  Math.max(
    ...tracks.map((name) => ((framesIn(after, name)[0]?.at ?? Infinity) - lastAt(before, name)) / 1000),
  )

const packetTicks = 960
const soundClock = 48_000

/**
 * Seconds of sound that the journal lacks after something happened to the server or the way to it: packets follow
 * each other by 20 ms of RTP time, so a missing one shows.
 */
async function lostMeanwhile(
  last: () => Promise<RecordedSession | undefined>,
  happen: () => Promise<void>,
): Promise<number> {
  const before = await last()
  await happen()
  const reached = Date.now()
  await until(async () => ((await last())?.batches.at(-1)?.builtAt ?? 0) > reached + 1000)
  const after = await last()
  if (!before || after?.id !== before.id) throw new Error('The page was loaded anew')
  const numbers = after.batches.map(({ number }) => number)
  const missing = (numbers.at(-1) ?? 0) - numbers.length
  if (missing > 0) throw new Error(`${missing} batches are missing`)
  return Math.max(
    ...['client audio', 'officer audio'].map((name) => {
      const times = framesIn(after, name).map(({ rtpTime }) => rtpTime)
      return (
        times.slice(1).reduce((sum, time, index) => {
          const step = (time - (times[index] ?? time)) | 0
          return sum + Math.max(0, step - packetTicks)
        }, 0) / soundClock
      )
    }),
  )
}

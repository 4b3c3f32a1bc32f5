import { join } from 'node:path'
import { finaliseDueRecordings } from '../../src/recording/finalise-due-recordings'
import { systemClock } from '../../src/platform/clock'
import { createLogger } from '../../src/platform/logger'
import { framesOf } from '../support/recorded-journal'
import { recordedCalls } from '../support/recorded-call'
import { residentMegabytesOfTree } from './process-figures'
import { citizenMoves } from './call-people'
import type { Bench } from './bench-run'

/** A whole hour with --full; RECORDED_MINUTES asks for another length. */
const minutesOf = (full: boolean): number => Number(process.env['RECORDED_MINUTES'] ?? (full ? 60 : 5))
/** Until then everything that is made once has been made. */
const settledMinutes = 2

/** One long recorded call: whether memory stays flat in the officer's browser and on the server, and nothing is missing. */
export const recordingHourBench: Bench = async (run) => {
  const minutes = minutesOf(run.full)
  const product = await run.start('hour', 'server')
  const place = { databaseUrl: run.databaseUrl('hour'), dataFolder: run.dataFolder('hour') }
  const calls = await recordedCalls({ url: product.url, ...place }, 1)
  try {
    const client = await calls.launch({ camera: 'client', viewport: { width: 360, height: 740 } })
    const officer = await calls.launch({ camera: 'officer', viewport: { width: 1366, height: 768 } })
    await calls.signIn(officer.page)
    const visit = calls.nextVisit()
    await calls.join(visit, client.page, officer.page)
    await citizenMoves(officer.page)
    await calls.isRecorded(client.page, officer.page)
    const pid = await officer.pid()
    const browser: number[] = []
    const server: number[] = []
    for (let minute = 0; minute < minutes; minute++) {
      await new Promise((resolve) => setTimeout(resolve, 60_000))
      browser.push(residentMegabytesOfTree(pid))
      server.push(residentMegabytesOfTree(product.pid))
    }
    await citizenMoves(officer.page)
    await calls.end(officer.page)
    run.note(`officer's browser, MB each minute: ${list(browser)}`)
    run.note(`server, MB each minute: ${list(server)}`)
    const missing = missingSeconds(await calls.sessions(visit.id))
    await calls.db.updateTable('recording_session').set({ closed_at: new Date() }).execute()
    const started = performance.now()
    await finaliseDueRecordings({
      ...{
        db: calls.db,
        store: calls.store,
        keys: calls.keys,
        clock: systemClock,
        log: createLogger('warn'),
      },
      folder: join(place.dataFolder, 'finalising'),
    })
    const seconds = (performance.now() - started) / 1000
    return [
      { name: 'recording.long.minutes', value: minutes, unit: 'min' },
      { name: 'recording.long.missing.s', value: missing, unit: 's', goal: { most: 0 } },
      { name: 'recording.long.browser.growth.mb', value: growth(browser), unit: 'MB' },
      { name: 'recording.long.server.growth.mb', value: growth(server), unit: 'MB' },
      {
        name: 'recording.long.finalise.ratio',
        value: seconds / (minutes * 60),
        unit: '',
        goal: { most: 0.05 },
      },
    ]
  } finally {
    await calls.close()
    await product.stop()
  }
}

const list = (values: readonly number[]) => values.map((value) => value.toFixed(0)).join(' ')
const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length

/** Mean of the last three minutes above that of the first three once it has settled. */
const growth = (values: readonly number[]): number => {
  const settled = values.slice(settledMinutes)
  return mean(settled.slice(-3)) - mean(settled.slice(0, 3))
}

const packetTicks = 960
const soundClock = 48_000

/** Sound that the journal lacks between the packets of a session. */
const missingSeconds = (
  sessions: Awaited<ReturnType<Awaited<ReturnType<typeof recordedCalls>>['sessions']>>,
): number =>
  sessions.reduce((sum, { records }) => {
    const times = (framesOf(records).get('client audio') ?? []).map(({ rtpTime }) => rtpTime)
    const lost = times
      .slice(1)
      .reduce((all, time, index) => all + Math.max(0, ((time - (times[index] ?? time)) | 0) - packetTicks), 0)
    return sum + lost / soundClock
  }, 0)

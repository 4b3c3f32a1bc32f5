import { type BrowserPerson } from '../support/browser'
import { type RecordedCalls, recordedCalls } from '../support/recorded-call'
import { citizenMoves } from './call-people'
import type { Bench } from './bench-run'
import { median } from './figure'
import { cpuSecondsOfTree } from './process-figures'

const pairs = 3
const secondsEach = 15

/** What recording costs the officer's browser: the same call with and without it, one after the other. */
export const recordingCostBench: Bench = async (run) => {
  const product = await run.start('cost', 'server')
  const place = { databaseUrl: run.databaseUrl('cost'), dataFolder: run.dataFolder('cost') }
  const calls = await recordedCalls({ url: product.url, ...place }, pairs * 2)
  try {
    const client = await calls.launch({ camera: 'client', viewport: { width: 360, height: 740 } })
    const officer = await calls.launch({ camera: 'officer', viewport: { width: 1366, height: 768 } })
    await calls.signIn(officer.page)
    const cores = { without: [] as number[], with: [] as number[] }
    for (let n = 0; n < pairs; n++) {
      cores.without.push(await measure(calls, client, officer, false))
      cores.with.push(await measure(calls, client, officer, true))
    }
    const ratios = cores.with.map((one, index) => one / (cores.without[index] ?? NaN))
    run.note(`cores without: ${list(cores.without)}; with: ${list(cores.with)}; ratios: ${list(ratios)}`)
    return [{ name: 'recording.cpu.ratio', value: median(ratios), unit: '', goal: { most: 1.2 } }]
  } finally {
    await calls.close()
    await product.stop()
  }
}

const list = (values: readonly number[]) => values.map((value) => value.toFixed(2)).join(' ')

/** Cores that the officer's browser uses in a call. */
async function measure(
  calls: RecordedCalls,
  client: BrowserPerson,
  officer: BrowserPerson,
  recorded: boolean,
): Promise<number> {
  const visit = calls.nextVisit()
  await calls.db
    .updateTable('visit')
    .set({ recording_consent: recorded })
    .where('id', '=', visit.id)
    .execute()
  await calls.join(visit, client.page, officer.page)
  await citizenMoves(officer.page)
  if (recorded) await calls.isRecorded(client.page, officer.page)
  // The encoder finds its bit rate in the first seconds
  await pause(5000)
  const pid = await officer.pid()
  const before = cpuSecondsOfTree(pid)
  await pause(secondsEach * 1000)
  const cores = (cpuSecondsOfTree(pid) - before) / secondsEach
  await calls.end(officer.page)
  return cores
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

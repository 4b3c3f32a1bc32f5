import { type BrowserPerson } from '../support/browser'
import { type RecordedCalls, recordedCalls } from '../support/recorded-call'
import { citizenMoves } from './call-people'
import type { FakePicture } from '../support/fake-media'
import type { Bench, BenchRun } from './bench-run'
import { type Figure, median } from './figure'
import { cpuSecondsOfTree } from './process-figures'

const pairs = 3
const secondsEach = 15

const cameras: Record<FakePicture, { name: string; goal: { most: number } | undefined }> = {
  full: { name: 'recording.cpu.ratio', goal: { most: 1.2 } },
  // A call that costs nearly nothing: what does not grow with the picture shows
  light: { name: 'recording.cpu.light.ratio', goal: undefined },
}

/**
 * What recording costs the officer's browser: the same call with and without it, one after the other; with the
 * camera that the institution asks for, and with a light one.
 */
export const recordingCostBench: Bench = async (run) => {
  const product = await run.start('cost', 'server')
  const place = { databaseUrl: run.databaseUrl('cost'), dataFolder: run.dataFolder('cost') }
  const calls = await recordedCalls({ url: product.url, ...place }, pairs * 4)
  try {
    const figures: Figure[] = []
    for (const picture of ['full', 'light'] as const) {
      const { name, goal } = cameras[picture]
      const ratios = await ratiosWith(calls, picture, (text) => {
        run.note(text)
      })
      figures.push({ name, value: median(ratios), unit: '', ...(goal && { goal }) })
    }
    return figures
  } finally {
    await calls.close()
    await product.stop()
  }
}

async function ratiosWith(calls: RecordedCalls, picture: FakePicture, note: BenchRun['note']) {
  const narrow = { width: 360, height: 740 }
  const client = await calls.launch({ camera: 'client', picture, viewport: narrow })
  const officer = await calls.launch({ camera: 'officer', picture, viewport: { width: 1366, height: 768 } })
  await calls.signIn(officer.page)
  const cores = { without: [] as number[], with: [] as number[] }
  for (let n = 0; n < pairs; n++) {
    cores.without.push(await measure(calls, client, officer, false))
    cores.with.push(await measure(calls, client, officer, true))
  }
  await client.close()
  await officer.close()
  const ratios = cores.with.map((one, index) => one / (cores.without[index] ?? NaN))
  note(
    `${picture} picture, cores without: ${list(cores.without)}; with: ${list(cores.with)}; ratios: ${list(ratios)}`,
  )
  return ratios
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
  // The client's page goes on to the end by itself, and would be in the way of the next call
  await client.page.getByRole('heading', { name: 'Wizyta zakończona' }).waitFor()
  return cores
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

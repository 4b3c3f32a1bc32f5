import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FrameRecord } from '../../src/contract/journal'
import { sampleStaff } from '../../src/main/demo/sample-staff'
import { openDatabase } from '../../src/platform/db'
import { openKeys } from '../../src/platform/keys'
import { feedJournal, sampleCookie, wireFrame } from '../support/journal-feeder'
import { journalSession } from '../support/journal-page'
import { addRunningVisits } from '../support/running-visits'
import type { Bench } from './bench-run'
import { median } from './figure'
import { cpuSeconds } from './process-figures'
import { startProgram } from './product-process'

const recordings = 200
/** 250 ms of four tracks at 800 kbps a side. */
const batchBytes = 52_000
const batchesARound = 8
const rounds = 4

/** 200 recordings at once, sealed, synced and acknowledged, against a bare process that writes and syncs as much. */
export const intakeBench: Bench = async (run) => {
  const product = await run.start('intake', 'server')
  const keys = await openKeys(join(run.dataFolder('intake'), 'keys'))
  const { db, close } = openDatabase(run.databaseUrl('intake'), { maxConnections: 1 })
  const visits = await addRunningVisits(db, {
    keys,
    officerEmail: sampleStaff[0].email,
    count: recordings,
  }).finally(close)
  const cookie = await sampleCookie(product.url)
  const feeds = await Promise.all(
    visits.map(async (visitId) => {
      const session = journalSession()
      let feeder: ReturnType<typeof feedJournal> | undefined
      await new Promise<void>((resolve) => {
        feeder = feedJournal(
          { url: product.url, cookie, visitId, session: session.id },
          { onReady: resolve, framed: true },
        )
      })
      if (!feeder) throw new Error('No journal was opened')
      return { session, feeder }
    }),
  )
  const payload = randomBytes(batchBytes)
  const rates = { intake: [] as number[], bare: [] as number[] }
  let processor = 0
  let sent = 0
  try {
    for (let round = 0; round < rounds; round++) {
      const batches = feeds.map(({ session }) =>
        Array.from({ length: batchesARound }, (_, n) =>
          wireFrame(session.next([frame(n, payload)], Date.now())),
        ),
      )
      sent += batchesARound
      const used = cpuSeconds(product.pid)
      const started = performance.now()
      feeds.forEach(({ feeder }, index) => batches[index]?.forEach((batch) => feeder.add(batch)))
      await Promise.all(feeds.map(({ feeder }) => feeder.until(sent)))
      rates.intake.push(megabytes / ((performance.now() - started) / 1000))
      processor += cpuSeconds(product.pid) - used
      rates.bare.push(await bareRate(run.dataFolder('bare-journal')))
    }
  } finally {
    for (const { feeder } of feeds) feeder.close()
    await product.stop()
  }
  const [intake, bare] = [median(rates.intake), median(rates.bare)]
  run.note(`the server used ${((processor * 1000) / (megabytes * rounds)).toFixed(1)} ms of CPU for each MB`)
  return [
    { name: 'recording.intake.mb_per_second', value: intake, unit: 'MB/s' },
    { name: 'recording.intake.bare.mb_per_second', value: bare, unit: 'MB/s' },
    { name: 'recording.intake.ratio', value: intake / bare, unit: '', goal: { least: 0.5 } },
  ]
}

const megabytes = (recordings * batchesARound * batchBytes) / 1e6

const frame = (n: number, payload: Buffer): FrameRecord => ({
  kind: 'frame',
  track: 1,
  at: Date.now(),
  capturedAt: null,
  key: true,
  rtpTime: n,
  number: n,
  payload,
})

async function bareRate(folder: string): Promise<number> {
  const counts = [recordings, batchesARound, batchBytes].map(String)
  const { line, stop } = await startProgram(['test/bench/bare-journal.mjs', folder, ...counts], /^done /, {})
  await stop()
  await rm(folder, { recursive: true, force: true })
  return Number(line.split(' ')[1])
}

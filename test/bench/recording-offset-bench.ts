import { join } from 'node:path'
import { mkdir } from 'node:fs/promises'
import { systemClock } from '../../src/platform/clock'
import { createLogger } from '../../src/platform/logger'
import { finaliseDueRecordings } from '../../src/recording/finalise-due-recordings'
import { useFlashAndBeep } from '../support/flash-and-beep'
import { openFinalised } from '../support/plain-file'
import { flashOffsets, readWebm } from '../support/read-webm'
import { recordedCalls } from '../support/recorded-call'
import type { Bench } from './bench-run'
import { patience } from './call-people'
import { median } from './figure'

const callSeconds = 40

/** How much later than its sound the picture comes in the file of a real call, read by decoding it. */
export const recordingOffsetBench: Bench = async (run) => {
  const product = await run.start('av_offset', 'server')
  const dataFolder = run.dataFolder('av_offset')
  const calls = await recordedCalls(
    { url: product.url, databaseUrl: run.databaseUrl('av_offset'), dataFolder },
    1,
  )
  try {
    const client = await calls.launch({ camera: 'client', viewport: { width: 360, height: 740 } })
    await useFlashAndBeep(client.page)
    const officer = await calls.launch({ camera: 'officer' })
    await calls.signIn(officer.page)
    const visit = calls.nextVisit()
    await calls.join(visit, client.page, officer.page)
    await calls.isRecorded(client.page, officer.page)
    await pause(callSeconds * 1000)
    await calls.end(officer.page)

    const { db, keys, store } = calls
    const folder = join(dataFolder, 'opened')
    await mkdir(folder)
    const parts = {
      db,
      keys,
      store,
      clock: systemClock,
      log: createLogger('warn'),
      folder: join(folder, 'work'),
    }
    const until = performance.now() + patience.timeout
    while ((await finaliseDueRecordings(parts)) === 0) {
      if (performance.now() > until) throw new Error('The recording is not closed')
      await pause(500)
    }
    const { paths } = await openFinalised(calls, visit.id, folder)
    const webm = readWebm(paths['client.webm'] ?? '')
    if (!webm) return []
    const offsets = flashOffsets(webm)
    run.note(`the picture comes ${offsets.map((one) => one.toFixed(0)).join(', ')} ms after its sound`)
    if (offsets.length < callSeconds / 4) throw new Error(`Only ${offsets.length} flashes are in the file`)
    return [
      { name: 'recording.av_offset.ms', value: Math.abs(median(offsets)), unit: 'ms', goal: { most: 40 } },
    ]
  } finally {
    await calls.close()
    await product.stop()
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

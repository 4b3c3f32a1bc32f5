import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFolderStore } from '../../src/platform/folder-store'
import { randomKeys } from '../../src/platform/keys'
import { muxRecording } from '../../src/recording/mux-recording'
import { makeRecordingKey } from '../../src/recording/recording-key'
import { makeBatches, storeJournal } from '../support/journal-for-tests'
import { longCall } from '../support/long-journal'
import type { Bench } from './bench-run'

const visitSeconds = 600

/** Time to make the files of a visit, against its length: reading, opening, muxing and sealing. */
export const finaliseBench: Bench = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'e-wizyta-finalise-bench-'))
  try {
    const [visitId, sessionId, run] = [randomUUID(), randomUUID(), randomUUID()]
    const { key } = makeRecordingKey(randomKeys(), visitId)
    const store = createFolderStore(join(folder, 'store'))
    const records = longCall(Date.parse('2026-12-21T09:00:00Z'), visitSeconds)
    const session = await storeJournal(store, key, { visitId, sessionId }, makeBatches(sessionId, records))
    const started = performance.now()
    await muxRecording({
      ...{ store, key, visitId, run, sessions: [session], folder: join(folder, 'temporary') },
      stillOurs: () => Promise.resolve(),
    })
    const seconds = (performance.now() - started) / 1000
    return [
      { name: 'recording.finalise.ratio', value: seconds / visitSeconds, unit: '', goal: { most: 0.05 } },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolderStore } from '../../src/platform/folder-store'
import { randomKeys } from '../../src/platform/keys'
import { muxRecording } from '../../src/recording/mux-recording'
import { makeRecordingKey } from '../../src/recording/recording-key'
import { makeBatches, storeJournal } from '../support/journal-for-tests'
import { longCall } from '../support/long-journal'

test('an hour of two people is muxed in memory that does not grow with it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'e-wizyta-hour-'))
  try {
    const [visitId, sessionId, run] = [randomUUID(), randomUUID(), randomUUID()]
    const { key } = makeRecordingKey(randomKeys(), visitId)
    const store = createFolderStore(join(folder, 'store'))
    const records = longCall(Date.parse('2026-12-21T09:00:00Z'), 3600)
    const session = await storeJournal(store, key, { visitId, sessionId }, makeBatches(sessionId, records))
    const before = process.memoryUsage().rss
    let most = before
    const muxed = await muxRecording({
      ...{ store, key, visitId, run, sessions: [session], folder: join(folder, 'temporary') },
      stillOurs: () => {
        most = Math.max(most, process.memoryUsage().rss)
        return Promise.resolve()
      },
    })
    const megabytes = (most - before) / 2 ** 20
    process.stdout.write(
      `An hour: ${(before / 2 ** 20).toFixed(0)} MB before, at most ${megabytes.toFixed(0)} MB more\n`,
    )
    expect(muxed.files).toHaveLength(2)
    expect(megabytes).toBeLessThan(250)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

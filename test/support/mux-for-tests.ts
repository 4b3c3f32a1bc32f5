import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { JournalRecord } from '../../src/contract/journal'
import { createFolderStore } from '../../src/platform/folder-store'
import { randomKeys } from '../../src/platform/keys'
import { muxRecording } from '../../src/recording/mux-recording'
import { makeRecordingKey } from '../../src/recording/recording-key'
import { readSealedFile } from '../../src/recording/sealed-file'
import { fileName } from '../../src/recording/store-names'
import { makeBatches, storeJournal } from './journal-for-tests'
import { readWebm } from './read-webm'

/** Muxes sessions and writes the plain files to read them with other programs. */
export async function muxSessions(folder: string, ...sessions: JournalRecord[][]) {
  const visitId = randomUUID()
  const run = randomUUID()
  const { key } = makeRecordingKey(randomKeys(), visitId)
  const store = createFolderStore(join(folder, visitId))
  const stored = []
  for (const records of sessions) {
    const sessionId = randomUUID()
    stored.push(await storeJournal(store, key, { visitId, sessionId }, makeBatches(sessionId, records), 30))
  }
  const work = join(folder, run)
  const muxed = await muxRecording({
    store,
    key,
    visitId,
    run,
    sessions: stored,
    folder: work,
    stillOurs: () => Promise.resolve(),
  })
  const files = new Map<string, string>()
  for (const { plan, path, length } of muxed.files) {
    await store.putFile(fileName(visitId, run, plan.name), path)
    const plain: Buffer[] = []
    for await (const piece of readSealedFile(store, key, { visitId, run, name: plan.name, length }))
      plain.push(piece)
    expect(Buffer.concat(plain)).toHaveLength(length)
    const target = join(work, `plain-${plan.name}`)
    await writeFile(target, Buffer.concat(plain))
    files.set(plan.name, target)
  }
  const read = (name: string) => {
    const path = files.get(name)
    const webm = path === undefined ? undefined : readWebm(path)
    if (!webm) throw new Error(`${name} was not made`)
    return webm
  }
  return { ...muxed, paths: files, read }
}

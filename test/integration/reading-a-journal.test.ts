import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ObjectStore } from '../../src/platform/object-store'
import { createFolderStore } from '../../src/platform/folder-store'
import { randomKeys } from '../../src/platform/keys'
import { type JournalDamaged, type JournalSession, readJournal } from '../../src/recording/read-journal'
import { makeRecordingKey } from '../../src/recording/recording-key'
import { eventRecord, makeBatches, type MadeBatch, storeJournal } from '../support/journal-for-tests'

let folder: string
let store: ObjectStore
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'e-wizyta-journal-'))
  store = createFolderStore(folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const start = Date.parse('2026-12-21T09:00:00Z')

/** Six batches of 250 ms; `paused` makes others of the same numbers. */
const batches = (sessionId: string, paused: boolean): MadeBatch[] =>
  Array.from(
    makeBatches(
      sessionId,
      Array.from({ length: 6 }, (_, n) => eventRecord(start + n * 250, { type: 'paused', paused })),
    ),
  )

/** One session whose parts hold the given batches each, as several sockets leave them. */
async function session(parts: (made: MadeBatch[], others: MadeBatch[]) => MadeBatch[][]) {
  const place = { visitId: randomUUID(), sessionId: randomUUID() }
  const { key } = makeRecordingKey(randomKeys(), place.visitId)
  const given = parts(batches(place.sessionId, false), batches(place.sessionId, true))
  const stored: JournalSession = await storeJournal(store, key, place, given.flat(), given[0]?.length)
  const read = async () => {
    const damages: JournalDamaged[] = []
    const numbers: number[] = []
    for await (const { number } of readJournal(store, key, stored, (one) => damages.push(one)))
      numbers.push(number)
    return { numbers, damages: damages.map(({ damage, batch }) => ({ damage, batch })) }
  }
  return { read, whole: () => readJournal(store, key, stored).next() }
}

test('batches that two sockets both brought are read once', async () => {
  const { read } = await session((made) => [made.slice(0, 4), made.slice(2, 6)])
  expect(await read()).toEqual({ numbers: [1, 2, 3, 4, 5, 6], damages: [] })
})

test('two batches of one number that differ are told, and nothing of the second is taken', async () => {
  const { read } = await session((made, others) => [made.slice(0, 4), others.slice(2, 6)])
  expect(await read()).toEqual({ numbers: [1, 2, 3, 4], damages: [{ damage: 'different', batch: 3 }] })
})

test('a part that leaves a batch out is told', async () => {
  const { read } = await session((made) => [made.slice(0, 3), made.slice(4, 6)])
  const { numbers, damages } = await read()
  expect(numbers).toEqual([1, 2, 3])
  expect(damages).toEqual([{ damage: 'broken_chain', batch: 5 }])
})

test('who does not want to hear of damage gets an error instead of less', async () => {
  const { whole } = await session((_, others) => [others.slice(1, 3)])
  await expect(whole()).rejects.toMatchObject({ damage: 'broken_chain', batch: 2 })
})

test('a journal of another session in the same place is not taken', async () => {
  const { read } = await session(() => [batches(randomUUID(), false)])
  expect((await read()).damages).toEqual([{ damage: 'changed', batch: 1 }])
})

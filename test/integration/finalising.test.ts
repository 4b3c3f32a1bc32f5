import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { recordingIndex, recordingSummary } from '../../src/contract/recording-index'
import { rotateKeys } from '../../src/main/rotate-keys'
import { createFolderStore } from '../../src/platform/folder-store'
import { type Keys, openKeys } from '../../src/platform/keys'
import { createLogger } from '../../src/platform/logger'
import type { ObjectStore } from '../../src/platform/object-store'
import { finaliseDueRecordings } from '../../src/recording/finalise-due-recordings'
import { readSealedFile } from '../../src/recording/sealed-file'
import { openRecordingKey } from '../../src/recording/recording-key'
import { verifyRecording } from '../../src/recording/verify-recording'
import { addSampleStaff } from '../../src/main/demo/sample-staff'
import { fakeClock, type FakeClock } from '../support/fake-clock'
import { eventRecord, inOrder, trackRecords } from '../support/journal-for-tests'
import { addRecordedVisit, addSession } from '../support/recorded-visit'
import type { SamplePacket } from '../support/sample-media'
import { createTestDatabase, type TestDatabase } from '../support/template-database'
import { blackKeyFrame } from '../../src/recording/vp8'

let database: TestDatabase
let folder: string
let keys: Keys
let store: ObjectStore
let clock: FakeClock
beforeEach(async () => {
  database = await createTestDatabase(inject('postgresUrl'))
  await addSampleStaff(database.db)
  folder = await mkdtemp(join(tmpdir(), 'e-wizyta-finalise-'))
  keys = await openKeys(join(folder, 'keys'))
  store = createFolderStore(join(folder, 'store'))
  clock = fakeClock()
})
afterEach(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

const parts = () => ({
  db: database.db,
  store,
  keys,
  clock,
  folder: join(folder, 'temporary'),
  log: createLogger('silent'),
})
const finalise = () => finaliseDueRecordings(parts())
const verify = (visitId: string) => verifyRecording(parts(), visitId)
const rowOf = (visitId: string) =>
  database.db.selectFrom('recording').selectAll().where('visit_id', '=', visitId).executeTakeFirstOrThrow()

/** Small stand-ins: a black picture every 100 ms and 20 ms of silence. */
const pictures = (seconds: number): SamplePacket[] =>
  Array.from({ length: seconds * 10 }, (_, n) => ({
    ms: n * 100,
    key: true,
    data: blackKeyFrame({ width: 64, height: 48 }),
  }))
const sounds = (seconds: number): SamplePacket[] =>
  Array.from({ length: seconds * 50 }, (_, n) => ({
    ms: n * 20,
    key: true,
    data: Uint8Array.of(0xf8, 0xff, 0xfe),
  }))

const records = (startsAt: number, seconds: number) =>
  inOrder(
    trackRecords(sounds(seconds), { track: 1, participant: 'client', kind: 'audio', startsAt }),
    trackRecords(pictures(seconds), { track: 2, participant: 'client', kind: 'video', startsAt }),
    trackRecords(sounds(seconds), { track: 3, participant: 'officer', kind: 'audio', startsAt }),
    [eventRecord(startsAt + 1000, { type: 'muted', participant: 'client', kind: 'audio', muted: true })],
    [eventRecord(startsAt + 2000, { type: 'muted', participant: 'client', kind: 'audio', muted: false })],
  )

/** A visit, of ten seconds if nothing else is said, in which the officer's page was loaded anew. */
async function recorded({ closed = true, before = 4, after = 5 } = {}) {
  const startedAt = clock.now()
  const start = startedAt.getTime()
  const again = start + (before + 1) * 1000
  const { visitId } = await addRecordedVisit(parts(), startedAt, new Date(again + after * 1000))
  await addSession(parts(), visitId, records(start, before), { openedAt: startedAt, batchesPerPart: 5 })
  await addSession(parts(), visitId, records(again, after), {
    openedAt: new Date(again),
    batchesPerPart: 7,
    closed,
  })
  return visitId
}
/** For who makes files again and again. */
const recordedInShort = () => recorded({ before: 1, after: 1 })

async function readIndex(visitId: string) {
  const row = await rowOf(visitId)
  const file = await database.db
    .selectFrom('recording_file')
    .selectAll()
    .where('visit_id', '=', visitId)
    .where('kind', '=', 'index')
    .executeTakeFirstOrThrow()
  const key = openRecordingKey(keys, visitId, row.wrapped_key ?? Buffer.alloc(0))
  const bytes: Buffer[] = []
  for await (const piece of readSealedFile(store, key, { visitId, ...file, run: file.run })) bytes.push(piece)
  return recordingIndex.parse(JSON.parse(Buffer.concat(bytes).toString()))
}

describe('a visit that is over', () => {
  test('gets its files, index, summary and manifest, and nothing is left behind', async () => {
    const visitId = await recorded()
    expect(await finalise()).toBe(1)
    const row = await rowOf(visitId)
    expect(row).toMatchObject({
      state: 'ready',
      finalise_error: null,
      left_overs: false,
      finalising_run: null,
    })
    expect(recordingSummary.parse(row.summary)).toMatchObject({
      participants: ['client', 'officer'],
      screens: 0,
    })
    const index = await readIndex(visitId)
    expect(index.files.map(({ name }) => name)).toEqual(['client.webm', 'officer.webm'])
    expect(index.reloads).toEqual([5000])
    expect(index.gaps.map(({ why }) => why)).toEqual(['reload', 'reload', 'reload'])
    expect(index.mutes).toHaveLength(2)
    expect(index.chapters).toEqual([
      { atMs: 0, kind: 'start' },
      { atMs: index.durationMs, kind: 'end' },
    ])
    expect(await verify(visitId)).toMatchObject({ outcome: 'whole', sessions: 2, files: 3 })
    expect(await readdir(join(folder, 'temporary'))).toEqual([])
    expect(await finalise()).toBe(0)
  })

  test('waits for pages that still send, and takes what comes late in', async () => {
    const visitId = await recorded({ closed: false })
    clock.advance({ seconds: 30 })
    expect(await finalise()).toBe(0)
    clock.advance({ seconds: 60 })
    expect(await finalise()).toBe(1)
    const first = await rowOf(visitId)
    const late = clock.now().getTime() - 60_000
    await addSession(parts(), visitId, records(late, 3), { openedAt: new Date(late) })
    expect(await verify(visitId)).toMatchObject({ outcome: 'whole' })
    clock.advance({ minutes: 2 })
    expect(await finalise()).toBe(1)
    const second = await rowOf(visitId)
    expect(second.finalised_run).not.toBe(first.finalised_run)
    expect(await store.list(`recordings/${visitId}/files/${first.finalised_run ?? ''}/`)).toEqual([])
    expect(await verify(visitId)).toMatchObject({ outcome: 'whole', sessions: 3 })
  })

  test('is not read while the visit goes on', async () => {
    const visitId = await recorded()
    await database.db
      .updateTable('visit')
      .set({ state: 'in_progress', ended_at: null })
      .where('id', '=', visitId)
      .execute()
    expect(await finalise()).toBe(0)
  })

  test('is tried again later when the store fails, and keeps its state', async () => {
    const visitId = await recorded()
    const broken: ObjectStore = {
      ...store,
      putFile: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })),
    }
    expect(await finaliseDueRecordings({ ...parts(), store: broken })).toBe(1)
    expect(await rowOf(visitId)).toMatchObject({
      state: 'open',
      finalise_error: 'enospc',
      finalise_attempts: 1,
    })
    expect(await finalise()).toBe(0)
    clock.advance({ minutes: 3 })
    expect(await finalise()).toBe(1)
    expect(await rowOf(visitId)).toMatchObject({ state: 'ready', finalise_error: null, finalise_attempts: 0 })
  })

  test('whose journal was damaged keeps what is whole, and says that something is missing', async () => {
    const visitId = await recorded()
    const [name = ''] = await store.list(`recordings/${visitId}/journal/`)
    const path = join(folder, 'store', name)
    const bytes = await readFile(path)
    bytes[bytes.length - 100] = (bytes.at(-100) ?? 0) ^ 1
    await writeFile(path, bytes)
    expect(await finalise()).toBe(1)
    expect(await rowOf(visitId)).toMatchObject({ state: 'failed', finalise_error: 'journal_damaged' })
    expect((await readIndex(visitId)).gaps.map(({ why }) => why)).toContain('missing')
    expect(await verify(visitId)).toMatchObject({ outcome: 'whole' })
  })
})

describe('a process that is killed while it makes the files', () => {
  test('at any step, leaves what the next one completes', async () => {
    class Killed extends Error {}
    const visitId = await recordedInShort()
    const reference: string[] = []
    for (let step = 1; ; step++) {
      let calls = 0
      // A killed process writes nothing more anywhere: every later call of the store fails as well
      const mortal = new Proxy(store, {
        get: (target, name: keyof ObjectStore) => {
          if (name === 'read') return target.read.bind(target)
          return (...args: never[]) => {
            if (++calls >= step) throw new Killed()
            return (target[name] as (...all: never[]) => unknown)(...args)
          }
        },
      })
      const dying = finaliseDueRecordings({ ...parts(), store: mortal })
      await dying.catch((error: unknown) => error)
      const survived = calls < step
      await database.db
        .updateTable('recording')
        .set({ finalise_after: null })
        .where('visit_id', '=', visitId)
        .execute()
      clock.advance({ minutes: 10 })
      await finalise()
      expect(await verify(visitId)).toMatchObject({ outcome: 'whole' })
      expect(await rowOf(visitId)).toMatchObject({ state: 'ready', left_overs: false })
      reference.push(JSON.stringify(await readIndex(visitId)))
      if (survived) break
      await database.db
        .updateTable('recording')
        .set({ finalised_version: null })
        .where('visit_id', '=', visitId)
        .execute()
    }
    expect(reference.length).toBeGreaterThan(10)
    expect(new Set(reference).size).toBe(1)
  })
})

describe('a process that gets SIGKILL while it makes the files', () => {
  test('at any moment, leaves what the next one completes', async () => {
    const visitId = await recordedInShort()
    const seen = new Set<string>()
    for (let round = 0; round < 4; round++) {
      await database.db.updateTable('recording').set({ finalised_version: null }).execute()
      clock.advance({ minutes: 10 })
      const child = spawn(
        process.execPath,
        [
          ...['scripts/run-ts.mjs', 'test/support/finalise-process.ts', database.url, join(folder, 'store')],
          ...[join(folder, 'keys'), join(folder, 'temporary'), clock.now().toISOString()],
        ],
        { stdio: ['pipe', 'pipe', 'inherit'] },
      )
      const gone = once(child, 'exit')
      await once(child.stdout, 'data')
      const timer = setTimeout(() => child.kill('SIGKILL'), Math.random() * 800)
      await gone
      clearTimeout(timer)
      clock.advance({ minutes: 10 })
      await finalise()
      expect(await verify(visitId)).toMatchObject({ outcome: 'whole' })
      expect(await readdir(join(folder, 'temporary'))).toEqual([])
      seen.add(JSON.stringify(await readIndex(visitId)))
    }
    expect(seen.size).toBe(1)
  })
})

describe('tampering', () => {
  test('with any byte of any stored object is found', async () => {
    const visitId = await recorded()
    await finalise()
    const names = await store.list(`recordings/${visitId}/`)
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }), async (which, where, mask) => {
        const path = join(folder, 'store', names[which % names.length] ?? '')
        const whole = await readFile(path)
        const changed = Buffer.from(whole)
        changed[where % whole.length] = (whole[where % whole.length] ?? 0) ^ mask
        await writeFile(path, changed)
        expect(await verify(visitId)).toMatchObject({ outcome: 'broken' })
        await writeFile(path, whole)
      }),
      { numRuns: 60 },
    )
    expect(await verify(visitId)).toMatchObject({ outcome: 'whole' })
  })

  test('by removing, adding or cutting an object is found', async () => {
    const visitId = await recorded()
    await finalise()
    for (const name of await store.list(`recordings/${visitId}/`)) {
      const path = join(folder, 'store', name)
      const whole = await readFile(path)
      await rm(path)
      expect(await verify(visitId)).toMatchObject({ outcome: 'broken' })
      await writeFile(path, whole.subarray(0, -1))
      expect(await verify(visitId)).toMatchObject({ outcome: 'broken' })
      await writeFile(path, whole)
      await writeFile(`${path}9`, whole)
      expect(await verify(visitId)).toMatchObject({ outcome: 'broken' })
      await rm(`${path}9`)
    }
    expect(await verify(visitId)).toMatchObject({ outcome: 'whole' })
  })

  test('with any column that was signed is found', async () => {
    const visitId = await recorded()
    await finalise()
    const changes = [
      `update recording set branch_id = (select id from branch where id <> branch_id limit 1)`,
      `update recording set topic_id = (select id from topic where id <> topic_id limit 1)`,
      `update recording set state = 'failed'`,
      `update recording set started_at = started_at + interval '1 s'`,
      `update recording set finalised_at = finalised_at + interval '1 s'`,
      `update recording set finalised_run = gen_random_uuid()`,
      `update recording set finalised_version = finalised_version - 1`,
      `update recording set journal_version = journal_version - 1`,
      `update recording set bytes = bytes + 1`,
      `update recording set summary = jsonb_set(summary, '{seconds}', '1')`,
      `update recording set manifest = replace(manifest, '"version":1', '"version": 1')`,
      `update recording set manifest = null`,
      `update recording set manifest_signature = null`,
      `update recording set manifest_signature = set_byte(manifest_signature, 9, 255 - get_byte(manifest_signature, 9))`,
      `update recording set wrapped_key = set_byte(wrapped_key, 40, 255 - get_byte(wrapped_key, 40))`,
      `update recording_session set opened_at = opened_at - interval '1 s'`,
      `update recording_session set staff_id = (select max(id) from staff) where staff_id <> (select max(id) from staff)`,
      `delete from recording_session where opened_at = (select max(opened_at) from recording_session)`,
      `update recording_part set batch = batch - 1`,
      `update recording_part set hash = sha256('')`,
      `update recording_part set length = length - 1`,
      `delete from recording_part where number = 2`,
      `update recording_file set run = gen_random_uuid()`,
      `update recording_file set name = 'x' || name`,
      `update recording_file set kind = 'screen' where kind = 'person'`,
      `update recording_file set participant = 'guardian' where participant = 'client'`,
      `update recording_file set offset_ms = offset_ms + 1`,
      `update recording_file set duration_ms = duration_ms + 1`,
      `update recording_file set length = length - 1`,
      `update recording_file set digest = sha256('')`,
      `delete from recording_file where kind = 'index'`,
      `insert into recording_choice select gen_random_uuid(), visit_id, (select min(id) from staff), 'wait', null, started_at from recording`,
    ]
    for (const change of changes) {
      const undone = new Error('undone')
      const tried = database.db.transaction().execute(async (tx) => {
        const { numAffectedRows } = await sql.raw(change).execute(tx)
        expect(numAffectedRows, change).toBeGreaterThan(0)
        expect(await verifyRecording({ ...parts(), db: tx }, visitId), change).toMatchObject({
          outcome: 'broken',
        })
        throw undone
      })
      await expect(tried).rejects.toBe(undone)
    }
    expect(await verify(visitId)).toMatchObject({ outcome: 'whole' })
  })
})

describe('rotating the keys', () => {
  test('changes no byte of the store, and everything is still read by a server that runs', async () => {
    const visitId = await recorded()
    await finalise()
    const snapshot = async () =>
      Promise.all(
        (await store.list('recordings/')).map((name) => readFile(join(folder, 'store', name), 'hex')),
      )
    const before = await snapshot()
    const rotation = await rotateKeys(database.db, join(folder, 'keys'))
    expect(rotation).toEqual({ added: 2, rewrapped: 1, resealed: expect.any(Number) as number })
    expect(await snapshot()).toEqual(before)
    expect((await rowOf(visitId)).wrapped_key?.[0]).toBe(2)
    // `keys` was read before the rotation, as those of a server that runs
    expect(await verify(visitId)).toMatchObject({ outcome: 'whole' })
    expect(await rotateKeys(database.db, join(folder, 'keys'))).toEqual({
      added: 3,
      rewrapped: 1,
      resealed: expect.any(Number) as number,
    })
  })

  test('goes on where it was cut short', async () => {
    const visitId = await recorded()
    const { wrapped_key: old } = await rowOf(visitId)
    await rotateKeys(database.db, join(folder, 'keys'))
    await database.db.updateTable('recording').set({ wrapped_key: old }).execute()
    expect(await rotateKeys(database.db, join(folder, 'keys'))).toEqual({
      added: undefined,
      rewrapped: 1,
      resealed: expect.any(Number) as number,
    })
    await finalise()
    expect(await verify(visitId)).toMatchObject({ outcome: 'whole' })
  })
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { addSampleStaff } from '../../src/main/demo/sample-staff'
import { type Bus, openBus } from '../../src/platform/bus'
import { createFolderStore } from '../../src/platform/folder-store'
import { type Keys, randomKeys } from '../../src/platform/keys'
import { createLogger } from '../../src/platform/logger'
import type { ObjectStore } from '../../src/platform/object-store'
import { eraseExpiredRecordings } from '../../src/recording/erase-expired-recordings'
import { finaliseDueRecordings } from '../../src/recording/finalise-due-recordings'
import { recordingPrefix } from '../../src/recording/store-names'
import { blackKeyFrame } from '../../src/recording/vp8'
import { type FakeClock, fakeClock } from '../support/fake-clock'
import { trackRecords } from '../support/journal-for-tests'
import { addRecordedVisit, addSession } from '../support/recorded-visit'
import { createTestDatabase, type TestDatabase } from '../support/template-database'

const log = createLogger('silent')
let database: TestDatabase
let folder: string
let keys: Keys
let store: ObjectStore
let clock: FakeClock
let bus: Bus
beforeEach(async () => {
  database = await createTestDatabase(inject('postgresUrl'))
  await addSampleStaff(database.db)
  folder = await mkdtemp(join(tmpdir(), 'e-wizyta-erase-'))
  keys = randomKeys()
  store = createFolderStore(join(folder, 'store'))
  clock = fakeClock()
  bus = await openBus(database.url, database.db, log, () => clock.now())
})
afterEach(async () => {
  await bus.close()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

const parts = () => ({ db: database.db, keys, clock, folder: join(folder, 'temporary'), log })
const finalise = (through = store) => finaliseDueRecordings({ ...parts(), store: through })
const erase = () => eraseExpiredRecordings(database.db, { now: clock.now(), keys, bus, store, log })
const rowOf = (visitId: string) =>
  database.db.selectFrom('recording').selectAll().where('visit_id', '=', visitId).executeTakeFirstOrThrow()
const erasuresOf = (visitId: string) =>
  database.db.selectFrom('recording_erasure').selectAll().where('visit_id', '=', visitId).execute()
const audited = (action: string, visitId: string) =>
  database.db
    .selectFrom('audit_entry')
    .select('details')
    .where('action', '=', action)
    .where('subject_id', '=', visitId)
    .execute()

/** A visit of two seconds that is over; its recording is kept for 90 days. */
async function recorded() {
  const startedAt = clock.now()
  const { visitId } = await addRecordedVisit(
    { ...parts(), store },
    startedAt,
    new Date(startedAt.getTime() + 2000),
  )
  const pictures = Array.from({ length: 20 }, (_, n) => ({
    ms: n * 100,
    key: true,
    data: blackKeyFrame({ width: 64, height: 48 }),
  }))
  const records = trackRecords(pictures, {
    track: 1,
    participant: 'client',
    kind: 'video',
    startsAt: startedAt.getTime(),
  })
  await addSession({ ...parts(), store }, visitId, records, { openedAt: startedAt, batchesPerPart: 3 })
  return visitId
}

/** Nothing of the recording is left, and the one record says so. */
async function expectErased(visitId: string) {
  expect(await rowOf(visitId)).toMatchObject({
    state: 'erased',
    wrapped_key: null,
    finalised_run: null,
    manifest: null,
    manifest_signature: null,
  })
  expect(await store.list(recordingPrefix(visitId))).toEqual([])
  expect(await erasuresOf(visitId)).toHaveLength(1)
  expect(await audited('recording.erased', visitId)).toHaveLength(1)
  expect(await database.db.selectFrom('recording_file').selectAll().execute()).toEqual([])
  expect(await database.db.selectFrom('recording_part').selectAll().execute()).toEqual([])
}

test.each(['written', 'committed', 'half removed', 'removed'])(
  'a process that gets SIGKILL with the erasure %s leaves what the next one completes',
  async (step) => {
    const visitId = await recorded()
    await finalise()
    clock.advance({ minutes: 91 * 24 * 60 })
    const child = spawn(
      process.execPath,
      [
        ...['scripts/run-ts.mjs', 'test/support/erase-process.ts', database.url, join(folder, 'store')],
        ...[clock.now().toISOString(), step],
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    )
    const gone = once(child, 'exit')
    await Promise.race([once(child.stdout, 'data'), gone])
    expect(child.exitCode).toBeNull()
    child.kill('SIGKILL')
    expect((await gone)[1]).toBe('SIGKILL')

    // Before the commit nothing has happened; from it on the key is gone, whatever lies in the store
    const row = await rowOf(visitId)
    expect([row.state, row.wrapped_key === null]).toEqual(
      step === 'written' ? ['ready', false] : ['erased', true],
    )
    expect((await store.list(recordingPrefix(visitId))).length > 0).toBe(step !== 'removed')

    await erase()
    await expectErased(visitId)
    expect((await erasuresOf(visitId))[0]?.bytes_gone_at).toBeNull()
    clock.advance({ minutes: 60 })
    await erase()
    await erase()
    await expectErased(visitId)
    expect((await erasuresOf(visitId))[0]?.bytes_gone_at).not.toBeNull()
    expect(await audited('recording.bytes_gone', visitId)).toHaveLength(1)
  },
)

/** Calls of the store that finalising makes, each by its number. */
function watchedStore(at: number, meanwhile: () => Promise<void>) {
  let calls = 0
  const meet = async () => {
    if (++calls === at) await meanwhile()
  }
  const watched: ObjectStore = {
    ...store,
    putFile: async (...given) => {
      await meet()
      await store.putFile(...given)
    },
    async *read(...given) {
      await meet()
      yield* store.read(...given)
    },
    list: async (prefix) => {
      await meet()
      return store.list(prefix)
    },
    removeAll: async (prefix) => {
      await meet()
      await store.removeAll(prefix)
    },
  }
  return { watched, calls: () => calls }
}

test('an erasure at any step of finalising ends erased, with nothing left in the store', async () => {
  let bytesCameLater = 0
  for (let step = 1; ; step++) {
    const visitId = await recorded()
    const { watched, calls } = watchedStore(step, async () => {
      await database.db.updateTable('recording').set({ keep_until: clock.now() }).execute()
      await erase()
    })
    await finalise(watched)
    if (calls() < step) break
    expect((await rowOf(visitId)).state).toBe('erased')
    if ((await store.list(recordingPrefix(visitId))).length > 0) bytesCameLater++
    clock.advance({ minutes: 31 })
    await erase()
    await expectErased(visitId)
    expect(await finalise()).toBe(0)
    expect(await readdir(join(folder, 'temporary'))).toEqual([])
  }
  // Whoever made files for what was erased meanwhile takes them away itself
  expect(bytesCameLater).toBe(0)
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { appendAudit } from '../../src/audit/append-audit'
import { keepEnd } from '../../src/audit/kept-end'
import { sealAudit } from '../../src/audit/seal-audit'
import { addSampleStaff } from '../../src/main/demo/sample-staff'
import { latestNotes } from '../../src/operations/backup/backup-note-store'
import { type BackupPlace, backupPlace, listSnapshots } from '../../src/operations/backup/backup-place'
import { checkSnapshot } from '../../src/operations/backup/check-snapshot'
import { type Restored, restoreBackup } from '../../src/operations/backup/restore-backup'
import { unsealKeys } from '../../src/operations/backup/sealed-keys'
import { takeBackup } from '../../src/operations/backup/take-backup'
import { verifyBackup } from '../../src/operations/backup/verify-backup'
import { createFolderStore } from '../../src/platform/folder-store'
import { type Keys, openKeys } from '../../src/platform/keys'
import { createLogger } from '../../src/platform/logger'
import type { ObjectStore } from '../../src/platform/object-store'
import { createS3Store } from '../../src/platform/s3-store'
import { finaliseDueRecordings } from '../../src/recording/finalise-due-recordings'
import { blackKeyFrame } from '../../src/recording/vp8'
import { bytesOf } from '../support/bytes-of'
import { eventually } from '../support/eventually'
import { type FakeClock, fakeClock } from '../support/fake-clock'
import { trackRecords } from '../support/journal-for-tests'
import { addRecordedVisit, addSession } from '../support/recorded-visit'
import { startS3Server } from '../support/s3-server'
import { createTestDatabase, type TestDatabase } from '../support/template-database'

const log = createLogger('silent')
const passphrase = 'a passphrase for tests'
const migrations = 'migrations'

/** A few seats say as much as all of them. */
let small: TestDatabase
beforeAll(async () => {
  small = await createTestDatabase(inject('postgresUrl'))
  await small.pool.query('delete from seat where desk_id <> (select min(id) from desk)')
  await small.pool.query('vacuum full seat')
  await addSampleStaff(small.db)
  await small.pool.end()
})
afterAll(async () => {
  const admin = await createTestDatabase(inject('postgresUrl'), { empty: true })
  await admin.pool.query(`drop database ${new URL(small.url).pathname.slice(1)} with (force)`)
  await admin.drop()
})

let database: TestDatabase
let folder: string
let data: string
let keys: Keys
let store: ObjectStore
let clock: FakeClock
let place: BackupPlace
const dropped: TestDatabase[] = []
beforeEach(async () => {
  database = await createTestDatabase(inject('postgresUrl'), { like: new URL(small.url).pathname.slice(1) })
  folder = await mkdtemp(join(tmpdir(), 'e-wizyta-backup-'))
  data = join(folder, 'data')
  keys = await openKeys(join(data, 'keys'))
  store = createFolderStore(join(data, 'recordings'))
  clock = fakeClock()
  place = backupPlace(join(folder, 'backup'))
})
afterEach(async () => {
  for (const one of [database, ...dropped.splice(0)]) await one.drop()
  await rm(folder, { recursive: true, force: true })
})

const parts = () => ({ db: database.db, keys, store, clock })
const finalise = () => finaliseDueRecordings({ ...parts(), folder: join(folder, 'work'), log })

const addPictures = (visitId: string, closed = true) => {
  const openedAt = clock.now()
  const pictures = Array.from({ length: 20 }, (_, n) => ({
    ms: n * 100,
    key: true,
    data: blackKeyFrame({ width: 64, height: 48 }),
  }))
  const about = { track: 1, participant: 'client', kind: 'video', startsAt: openedAt.getTime() } as const
  return addSession(parts(), visitId, trackRecords(pictures, about), { openedAt, batchesPerPart: 3, closed })
}

async function recorded(): Promise<string> {
  clock.advance({ minutes: 30 })
  const startedAt = clock.now()
  const endedAt = new Date(startedAt.getTime() + 2000)
  const { visitId } = await addRecordedVisit(parts(), startedAt, endedAt)
  await addPictures(visitId)
  return visitId
}

const back = async (changes: Partial<Parameters<typeof takeBackup>[0]> = {}) => {
  clock.advance({ minutes: 1 })
  const taken = await takeBackup({
    ...{ db: database.db, pool: database.pool, store, dataFolder: data, place, passphrase },
    ...{ keep: undefined, product: '0.1.0', now: clock.now() },
    ...changes,
  })
  if (!taken.ok) throw new Error(taken.reason)
  return taken
}

const emptyDatabase = async () => {
  const empty = await createTestDatabase(inject('postgresUrl'), { empty: true })
  dropped.push(empty)
  return empty
}

const restoreInto = async (
  target: { database: TestDatabase; data: string; store?: ObjectStore },
  snapshot: string,
): Promise<Restored> =>
  restoreBackup({
    ...{ db: target.database.db, pool: target.database.pool },
    store: target.store ?? createFolderStore(join(target.data, 'recordings')),
    ...{ dataFolder: target.data, place, snapshot, migrations, now: clock.now() },
    keysText: await readFile(join(data, 'keys', 'keys.json'), 'utf8'),
  })

const rowsOf = async ({ pool }: TestDatabase, table: string) =>
  (await pool.query<{ row: unknown }>(`select to_jsonb(t) as row from ${table} t order by to_jsonb(t)::text`))
    .rows
const tablesOf = async ({ pool }: TestDatabase) =>
  (
    await pool.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
       and relname <> 'backup_note' order by 1`,
    )
  ).rows.map(({ name }) => name)

describe('a backup', () => {
  test('brings back every row, every number and every byte elsewhere, and the chain holds', async () => {
    const visitId = await recorded()
    await finalise()
    await appendAudit(database.db, { at: clock.now(), actor: { kind: 'system' }, action: 'recording.held' })
    const end = await sealAudit(database.db, keys)
    if (end) await keepEnd(data, end)
    const growing = await recorded()
    const { name, problems } = await back()
    expect(problems).toEqual([])

    const other = { database: await emptyDatabase(), data: join(folder, 'other') }
    expect(await restoreInto(other, name)).toMatchObject({ ok: true, findings: [] })
    const names = await tablesOf(database)
    expect(await tablesOf(other.database)).toEqual(names)
    for (const table of names.filter((one) => !one.startsWith('kysely_')))
      expect(await rowsOf(other.database, table), table).toEqual(await rowsOf(database, table))
    const restoredStore = createFolderStore(join(other.data, 'recordings'))
    for (const id of [visitId, growing]) {
      const objects = await store.list(`recordings/${id}/`)
      expect(await restoredStore.list(`recordings/${id}/`)).toEqual(objects)
      for (const object of objects)
        expect((await bytesOf(restoredStore, object)).equals(await bytesOf(store, object))).toBe(true)
    }
    // Numbering goes on where it was, and what is written now follows the chain
    await appendAudit(other.database.db, {
      at: clock.now(),
      actor: { kind: 'system' },
      action: 'recording.released',
    })
    expect((await sealAudit(other.database.db, keys))?.position).toBe(2)
    expect(await latestNotes(other.database.db)).toMatchObject({ restore: { problems: 0, recordings: 2 } })
    // A recording that was under way is finished where it was restored
    await finaliseDueRecordings({
      ...{ db: other.database.db, keys, store: restoredStore, clock, log },
      folder: join(folder, 'work'),
    })
    const row = await other.database.db
      .selectFrom('recording')
      .select('state')
      .where('visit_id', '=', growing)
      .executeTakeFirst()
    expect(row?.state).toBe('ready')
  })

  test('copies a finished recording once, and goes on from one that was cut short', async () => {
    for (let n = 0; n < 3; n++) await recorded()
    await finalise()
    let reads = 0
    const breaking: ObjectStore = {
      ...store,
      read: (object, start, stop) => {
        if (++reads > 2) throw new Error('the line is cut')
        return store.read(object, start, stop)
      },
    }
    await expect(back({ store: breaking })).rejects.toThrow('the line is cut')
    expect(await listSnapshots(place)).toEqual([])
    const whole = await back()
    expect(whole.copied).toBeGreaterThan(0)
    const again = await back()
    expect(again.copied).toBe(0)
    expect(await listSnapshots(place)).toEqual([whole.name, again.name])
    for (const name of [whole.name, again.name])
      expect((await checkSnapshot(place, name, keys)).findings).toEqual([])
  })

  test('killed in the middle leaves nothing that looks like a backup, and the next one clears it away', async () => {
    await recorded()
    await finalise()
    const child = spawn(
      process.execPath,
      ['scripts/run-ts.mjs', 'test/support/backup-process.ts', database.url, data, place.folder, '2'],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    )
    const ended = once(child, 'close')
    await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await ended
    expect(await listSnapshots(place)).toEqual([])
    expect(await readdir(join(place.folder, 'snapshots'))).toHaveLength(1)
    // The database hears of the killed process's end by itself
    const { name } = await eventually(() => back())
    expect(await readdir(join(place.folder, 'snapshots'))).toEqual([name])
    expect((await checkSnapshot(place, name, keys)).findings).toEqual([])
    expect(
      (await restoreInto({ database: await emptyDatabase(), data: join(folder, 'other') }, name)).ok,
    ).toBe(true)
  })

  test('of which a single bit was turned, in any of its files, is found out and never restored', async () => {
    await recorded()
    await finalise()
    await recorded()
    const { name } = await back()
    const files = (await readdir(place.folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
    expect(files.length).toBeGreaterThan(40)
    for (const file of files) {
      const bytes = await readFile(file)
      const at = Math.floor(bytes.length / 2)
      const turned = Buffer.from(bytes)
      turned[at] = (bytes[at] ?? 0) ^ 0x10
      await writeFile(file, turned)
      const { findings } = await checkSnapshot(place, name, keys)
      expect(findings, file).toHaveLength(1)
      await writeFile(file, bytes)
    }
    expect((await checkSnapshot(place, name, keys)).findings).toEqual([])
    await rm(files[0] ?? '')
    const target = { database: await emptyDatabase(), data: join(folder, 'other') }
    expect(await restoreInto(target, name)).toMatchObject({ ok: false, reason: 'damaged' })
    expect(await readdir(folder)).not.toContain('other')
  })

  test('is verified by restoring it for trial, which leaves no database behind', async () => {
    await recorded()
    await finalise()
    const { name } = await back()
    const verifying = {
      db: database.db,
      databaseUrl: database.url,
      keys,
      place,
      migrations,
      now: clock.now(),
    }
    expect(await verifyBackup({ ...verifying, snapshot: name })).toMatchObject({
      findings: [],
      isTried: true,
    })
    expect(await latestNotes(database.db)).toMatchObject({
      backup: { snapshot: name, keysKept: 'sealed', problems: 0 },
      verify: { snapshot: name, problems: 0 },
    })
    const left = await database.pool.query(`select from pg_database where datname like 'ewizyta_proof_%'`)
    expect(left.rowCount).toBe(0)
  })

  test('tells of bytes that the store has changed or lost, and saves all the rest', async () => {
    const changed = await recorded()
    const lost = await recorded()
    await finalise()
    const [one = ''] = await store.list(`recordings/${changed}/files/`)
    const path = join(data, 'recordings', one)
    const bytes = await readFile(path)
    bytes[5] = (bytes[5] ?? 0) ^ 1
    await writeFile(path, bytes)
    const [other = ''] = await store.list(`recordings/${lost}/files/`)
    await rm(join(data, 'recordings', other))
    const { name, problems } = await back()
    expect(problems).toEqual(
      [expect.stringContaining(one) as string, expect.stringContaining(other) as string].sort(),
    )
    const restored = await restoreInto({ database: await emptyDatabase(), data: join(folder, 'other') }, name)
    expect(restored).toMatchObject({ ok: true })
    expect((restored as { findings: string[] }).findings.join('\n')).toMatch(/recording EW-.*was changed/)
  })

  test('keeps as many snapshots as were asked for; what was erased leaves with the last that knew it', async () => {
    const visitId = await recorded()
    await finalise()
    const { name: old } = await back()
    await database.pool.query(`delete from recording_file; delete from recording_part;
      update recording set state = 'erased', wrapped_key = null, finalised_run = null, manifest = null, manifest_signature = null`)
    await store.removeAll(`recordings/${visitId}/`)
    const { name: middle } = await back()
    const inBackup = () => readdir(place.objects, { recursive: true })
    expect((await inBackup()).some((entry) => entry.endsWith('.webm'))).toBe(true)
    expect(await back({ keep: 2 })).toMatchObject({ removed: [old] })
    expect((await inBackup()).some((entry) => entry.endsWith('.webm'))).toBe(false)
    expect((await listSnapshots(place))[0]).toBe(middle)
  })

  test('is taken by one at a time', async () => {
    const client = await database.pool.connect()
    await client.query(`select pg_advisory_lock(hashtextextended('e-wizyta backup', 0))`)
    await expect(back()).rejects.toThrow('busy')
    client.release(true)
  })

  test('sees one moment, whatever is written meanwhile', async () => {
    await recorded()
    await finalise()
    const writing: ObjectStore = {
      ...store,
      // By now the tables are copied
      lengthOf: async (object) => {
        await database.pool.query(
          `insert into large_notice (body, created_at) values ('after the snapshot', now())`,
        )
        return store.lengthOf(object)
      },
    }
    const { name } = await back({ store: writing })
    const other = { database: await emptyDatabase(), data: join(folder, 'other') }
    expect(await restoreInto(other, name)).toMatchObject({ ok: true, findings: [] })
    expect(await rowsOf(other.database, 'large_notice')).toEqual([])
  })
})

describe('a restore writes over nothing', () => {
  test('neither a database that is used, nor other keys, nor recordings of others', async () => {
    await recorded()
    await finalise()
    const { name } = await back()
    const used = { database, data: join(folder, 'other') }
    expect(await restoreInto(used, name)).toEqual({ ok: false, reason: 'database_used' })

    const empty = await emptyDatabase()
    const keyed = { database: empty, data: join(folder, 'keyed') }
    await openKeys(join(keyed.data, 'keys'))
    expect(await restoreInto(keyed, name)).toEqual({ ok: false, reason: 'keys_differ' })

    const filled = { database: empty, data: join(folder, 'filled') }
    const others = await createFolderStore(join(filled.data, 'recordings')).createLog(
      'recordings/a/journal/b/1',
    )
    await others.close()
    expect(await restoreInto(filled, name)).toEqual({ ok: false, reason: 'store_used' })
    await empty.pool.query('create table something (id int)')
    expect(await restoreInto({ database: empty, data: join(folder, 'new') }, name)).toEqual({
      ok: false,
      reason: 'database_used',
    })
  })

  test('and goes on where it was cut short', async () => {
    await recorded()
    await finalise()
    const { name } = await back()
    const target = { database: await emptyDatabase(), data: join(folder, 'other') }
    const restoredStore = createFolderStore(join(target.data, 'recordings'))
    let puts = 0
    const breaking: ObjectStore = {
      ...restoredStore,
      putFile: (object, path) =>
        ++puts > 2 ? Promise.reject(new Error('the disk is full')) : restoredStore.putFile(object, path),
    }
    await expect(restoreInto({ ...target, store: breaking }, name)).rejects.toThrow('the disk is full')
    expect(await restoreInto(target, name)).toMatchObject({ ok: true, findings: [] })
  })
})

test('recordings in an S3 store are saved from there and brought back there', async () => {
  const s3 = await startS3Server()
  try {
    store = createS3Store(s3.options)
    await recorded()
    await finalise()
    const { name } = await back()
    const saved = await store.list('recordings/')
    await store.removeAll('recordings/')
    const target = { database: await emptyDatabase(), data: join(folder, 'other'), store }
    expect(await restoreInto(target, name)).toMatchObject({ ok: true, findings: [] })
    expect(await store.list('recordings/')).toEqual(saved)
  } finally {
    await s3.drop()
  }
})

test('the keys come out with their passphrase and with no other', async () => {
  const { name } = await back()
  const sealed = await readFile(join(place.snapshot(name), 'keys.sealed.json'), 'utf8')
  expect(await unsealKeys(sealed, passphrase)).toBe(await readFile(join(data, 'keys', 'keys.json'), 'utf8'))
  expect(await unsealKeys(sealed, `${passphrase}.`)).toBeUndefined()
  expect(await unsealKeys(sealed.replace(/.(?="})/, 'A'), passphrase)).toBeUndefined()
})

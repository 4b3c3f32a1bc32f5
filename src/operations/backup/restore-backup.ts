import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Pool } from 'pg'
import { keepEnd } from '../../audit/kept-end'
import type { Db } from '../../platform/db'
import { type Keys, readKeys } from '../../platform/keys'
import type { ObjectStore } from '../../platform/object-store'
import { noteBackup } from './backup-note-store'
import type { BackupPlace } from './backup-place'
import { digestOfObject } from '../../recording/digest-of-object'
import { checkSnapshot } from './check-snapshot'
import { fillDatabase, proveDatabase, unknownMigrations } from './prove-database'
import { fingerprintOf, type SnapshotManifest } from './snapshot-manifest'
import { objectPath } from './snapshot-store'

export interface Restoring {
  db: Db
  pool: Pool
  store: ObjectStore
  dataFolder: string
  place: BackupPlace
  snapshot: string
  /** The text of `keys.json` as it was saved. */
  keysText: string
  migrations: string
  now: Date
}

export type Restored =
  | { ok: true; manifest: SnapshotManifest; findings: string[] }
  | { ok: false; reason: 'damaged' | 'newer'; findings: string[] }
  | { ok: false; reason: 'database_used' | 'keys_differ' | 'store_used' }

/**
 * Brings a snapshot back into an empty database, an empty store and a data folder without keys. Everything is checked
 * before anything is written, nothing is ever written over, and the database comes last: cut short, the same command
 * goes on.
 */
export async function restoreBackup(restoring: Restoring): Promise<Restored> {
  const { db, pool, store, dataFolder, place, snapshot, keysText, migrations, now } = restoring
  const keys = readKeys(keysText)
  if (!(await isEmptyDatabase(pool))) return { ok: false, reason: 'database_used' }
  if (await hasOtherKeys(dataFolder, keys)) return { ok: false, reason: 'keys_differ' }
  const { manifest, findings } = await checkSnapshot(place, snapshot, keys)
  if (!manifest || findings.length > 0) return { ok: false, reason: 'damaged', findings }
  const newer = await unknownMigrations(manifest, migrations)
  if (newer.length > 0) return { ok: false, reason: 'newer', findings: newer }
  if (!(await isOurs(store, manifest))) return { ok: false, reason: 'store_used' }

  await putObjects(restoring, manifest)
  await putKeys(dataFolder, keysText)
  const { auditEnd } = manifest
  if (auditEnd)
    await keepEnd(dataFolder, { position: auditEnd.position, seal: Buffer.from(auditEnd.seal, 'base64') })
  await fillDatabase({ db, pool }, { folder: place.snapshot(snapshot), manifest, migrations })

  const wrong = [...manifest.problems, ...(await proveDatabase({ db, keys, store }, manifest))]
  await noteBackup(db, {
    kind: 'restore',
    ...{ at: now, snapshot, place: place.folder },
    bytes: manifest.objects.reduce((sum, { length }) => sum + length, 0),
    recordings: manifest.recordings,
    problems: wrong.length,
    keysFingerprint: fingerprintOf(keys),
    keysKept: manifest.keys.sealed ? 'sealed' : 'apart',
  })
  return { ok: true, manifest, findings: wrong }
}

/** No tables, or those of a restore that was cut short before it brought an institution. */
async function isEmptyDatabase(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ tables: number; migrated: boolean }>(`
    select count(*)::int as tables, bool_or(relname = 'kysely_migration') as migrated
    from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`)
  const [found] = rows
  if (!found || found.tables === 0) return true
  if (!found.migrated) return false
  const table = await pool.query(`select to_regclass('public.institution') is not null as there`)
  if (!(table.rows[0] as { there: boolean }).there) return true
  const institution = await pool.query('select from institution limit 1')
  return institution.rowCount === 0
}

const keysPath = (dataFolder: string) => join(dataFolder, 'keys', 'keys.json')

async function hasOtherKeys(dataFolder: string, keys: Keys): Promise<boolean> {
  const text = await readFile(keysPath(dataFolder), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  })
  return text !== undefined && fingerprintOf(readKeys(text)) !== fingerprintOf(keys)
}

async function putKeys(dataFolder: string, text: string): Promise<void> {
  const path = keysPath(dataFolder)
  await mkdir(join(dataFolder, 'keys'), { recursive: true, mode: 0o700 })
  await writeFile(`${path}.restored`, text, { mode: 0o600, flush: true })
  await rename(`${path}.restored`, path)
}

/** Whether the store holds nothing but what a restore of this snapshot, cut short, has put there. */
async function isOurs(store: ObjectStore, manifest: SnapshotManifest): Promise<boolean> {
  const ours = new Set(manifest.objects.map(({ name }) => name))
  return (await store.list('recordings/')).every((name) => ours.has(name))
}

async function putObjects(
  { store, place, dataFolder }: Restoring,
  manifest: SnapshotManifest,
): Promise<void> {
  for (const object of manifest.objects) {
    const { name, length, digest } = object
    const there = await digestOfObject(store, name)
    if (there.length === length && there.digest === digest && (await store.lengthOf(name)) !== undefined)
      continue
    const path = objectPath(place, manifest.name, object)
    if ((await stat(path)).size === length) await store.putFile(name, path)
    else await putBeginning({ store, dataFolder }, path, { name, length })
  }
}

/** A recording that went on after the snapshot: only what was there then. */
async function putBeginning(
  { store, dataFolder }: Pick<Restoring, 'store' | 'dataFolder'>,
  path: string,
  { name, length }: { name: string; length: number },
): Promise<void> {
  await mkdir(dataFolder, { recursive: true })
  const beginning = join(dataFolder, 'restoring')
  try {
    await pipeline(createReadStream(path, { end: length - 1 }), createWriteStream(beginning, { mode: 0o600 }))
    await store.putFile(name, beginning)
  } finally {
    await rm(beginning, { force: true })
  }
}

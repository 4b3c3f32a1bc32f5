import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pool, PoolClient } from 'pg'
import { readKeptEnd } from '../../audit/kept-end'
import type { Db } from '../../platform/db'
import { readKeys } from '../../platform/keys'
import type { ObjectStore } from '../../platform/object-store'
import { noteBackup } from './backup-note-store'
import { type BackupPlace, listSnapshots, nameOfSnapshot, preparePlace, unfinished } from './backup-place'
import { copyObjects, ObjectGone } from './copy-objects'
import { copyTablesOut, readMigrations, readSequences } from './copy-tables'
import { digestFile, syncFolder } from './digest-file'
import { sealKeys } from './sealed-keys'
import {
  fingerprintOf,
  keysFile,
  manifestFile,
  readUnchecked,
  signedText,
  type SnapshotManifest,
} from './snapshot-manifest'
import { wantedObjects } from './wanted-objects'

export interface Backup {
  db: Db
  pool: Pool
  store: ObjectStore
  /** Holds `keys/` and `audit/`. */
  dataFolder: string
  place: BackupPlace
  /** Undefined: the keys are kept apart by whoever runs this. */
  passphrase: string | undefined
  /** Snapshots to keep, this one included; undefined: all. */
  keep: number | undefined
  product: string
  now: Date
}

export type BackupTaken =
  | {
      ok: true
      name: string
      bytes: number
      copied: number
      recordings: number
      problems: string[]
      removed: string[]
    }
  | { ok: false; reason: 'busy' }

const lockName = 'e-wizyta backup'
/** Recordings are erased and made anew while others are copied: a fresh snapshot knows of it. */
const mostAttempts = 3

/**
 * Saves database, recordings and keys while the product runs. All tables are read in one snapshot; the bytes that it
 * speaks of are only added to meanwhile. Cut short at any moment it leaves nothing that looks like a backup, and the
 * next one goes on with the recordings that are copied already.
 */
export async function takeBackup(backup: Backup): Promise<BackupTaken> {
  const { pool, place, now, keep } = backup
  const lock = await pool.connect()
  try {
    const { rows } = await lock.query<{ mine: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as mine',
      [lockName],
    )
    if (!rows[0]?.mine) return { ok: false, reason: 'busy' }
    await preparePlace(place)
    const name = nameOfSnapshot(now)
    const { manifest, copied, sharedBytes } = await writeSnapshot(backup, name)
    const removed = keep === undefined ? [] : await removeOld(place, keep)
    const bytes =
      sharedBytes +
      [...manifest.tables, ...manifest.objects.filter(({ own }) => own)].reduce(
        (sum, { length }) => sum + length,
        0,
      )
    await noteBackup(backup.db, {
      kind: 'backup',
      at: now,
      snapshot: name,
      place: place.folder,
      bytes,
      recordings: manifest.recordings,
      problems: manifest.problems.length,
      keysFingerprint: manifest.keys.fingerprint,
      keysKept: manifest.keys.sealed ? 'sealed' : 'apart',
    })
    const { recordings, problems } = manifest
    return { ok: true, name, bytes, copied, recordings, problems, removed }
  } finally {
    await lock.query('select pg_advisory_unlock_all()').catch(() => undefined)
    lock.release(true)
  }
}

async function writeSnapshot(backup: Backup, name: string) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await writeOnce(backup, name, attempt === mostAttempts)
    } catch (error) {
      if (!(error instanceof ObjectGone) || attempt === mostAttempts) throw error
    }
  }
}

async function writeOnce(backup: Backup, name: string, mayBeGone: boolean) {
  const { store, place, dataFolder, passphrase, product } = backup
  const folder = `${place.snapshot(name)}${unfinished}`
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { mode: 0o700 })
  const keysText = await readFile(join(dataFolder, 'keys', 'keys.json'), 'utf8')
  const keys = readKeys(keysText)
  // Before the snapshot: the chain in it reaches at least so far
  const auditEnd = await readKeptEnd(dataFolder)
  const database = await inSnapshot(backup.pool, async (client) => ({
    migrations: await readMigrations(client),
    tables: await copyTablesOut(client, folder),
    sequences: await readSequences(client),
    wanted: await wantedObjects(client, keys),
  }))
  const { wanted, ...tables } = database
  const own = join(folder, 'objects')
  const { objects, copied, problems } = await copyObjects(store, wanted.objects, {
    shared: place.objects,
    own,
    mayBeGone,
  })
  const manifest: SnapshotManifest = {
    version: 1,
    ...{ name, product, ...tables, objects, problems },
    recordings: wanted.recordings,
    keys: { fingerprint: fingerprintOf(keys), sealed: await writeKeys(folder, keysText, passphrase) },
    auditEnd: auditEnd ? { position: auditEnd.position, seal: auditEnd.seal.toString('base64') } : null,
  }
  await writeFile(join(folder, manifestFile), signedText(keys, manifest), { mode: 0o600, flush: true })
  await syncFolder(folder)
  await rename(folder, place.snapshot(name))
  await syncFolder(join(place.folder, 'snapshots'))
  const sharedBytes = objects.filter((one) => !one.own).reduce((sum, { length }) => sum + length, 0)
  return { manifest, copied, sharedBytes }
}

/** All that `work` reads is of one moment, and whoever writes meanwhile is not held up. */
async function inSnapshot<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let failed = true
  try {
    await client.query('begin isolation level repeatable read read only')
    const result = await work(client)
    await client.query('commit')
    failed = false
    return result
  } finally {
    client.release(failed)
  }
}

async function writeKeys(folder: string, text: string, passphrase: string | undefined) {
  if (passphrase === undefined) return null
  const path = join(folder, keysFile)
  await writeFile(path, await sealKeys(text, passphrase), { mode: 0o600, flush: true })
  return digestFile(path)
}

/** Removes the oldest snapshots, and what of the recordings no other one needs: erased ones leave with them. */
async function removeOld(place: BackupPlace, keep: number): Promise<string[]> {
  const names = await listSnapshots(place)
  const old = names.slice(0, Math.max(0, names.length - keep))
  const needed = new Set<string>()
  for (const name of names.slice(old.length)) {
    const manifest = await readUnchecked(place.snapshot(name))
    // Whatever cannot be read may need anything
    if (!manifest) return []
    for (const object of manifest.objects) if (!object.own) needed.add(object.name)
  }
  for (const name of old) {
    // First its name: half of a snapshot must never look like one
    await rename(place.snapshot(name), `${place.snapshot(name)}${unfinished}`)
    await rm(`${place.snapshot(name)}${unfinished}`, { recursive: true, force: true })
  }
  const entries = await readdir(place.objects, { recursive: true })
  for (const entry of entries) {
    const path = join(place.objects, entry)
    if (!needed.has(entry.replaceAll('\\', '/')) && (await stat(path)).isFile()) await rm(path)
  }
  return old
}

import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { type Db, openDatabase, sqlState } from '../../platform/db'
import type { Keys } from '../../platform/keys'
import { noteBackup } from './backup-note-store'
import type { BackupPlace } from './backup-place'
import { checkSnapshot } from './check-snapshot'
import { fillDatabase, proveDatabase, unknownMigrations } from './prove-database'
import { fingerprintOf, type SnapshotManifest } from './snapshot-manifest'
import { snapshotStore } from './snapshot-store'

export interface Verifying {
  db: Db
  databaseUrl: string
  keys: Keys
  place: BackupPlace
  snapshot: string
  migrations: string
  now: Date
}

export interface BackupVerdict {
  findings: string[]
  /** Whether it was restored for trial into a database that is gone again; not where none may be made. */
  isTried: boolean
  manifest: SnapshotManifest | undefined
}

/**
 * Checks every byte of a snapshot, and restores it for trial into a database of its own that is removed afterwards:
 * only what was restored once is known to be a backup.
 */
export async function verifyBackup(verifying: Verifying): Promise<BackupVerdict> {
  const { db, keys, place, snapshot, now } = verifying
  const { manifest, findings } = await checkSnapshot(place, snapshot, keys)
  if (!manifest || findings.length > 0) return { findings, isTried: false, manifest }
  const newer = await unknownMigrations(manifest, verifying.migrations)
  if (newer.length > 0)
    return { findings: [`a newer product has taken it (${newer.join(', ')})`], isTried: false, manifest }
  const tried = await tryRestore(verifying, manifest)
  const verdict = { findings: tried ?? [], isTried: tried !== undefined, manifest }
  if (verdict.isTried)
    await noteBackup(db, {
      kind: 'verify',
      ...{ at: now, snapshot, place: place.folder },
      bytes: [...manifest.tables, ...manifest.objects].reduce((sum, { length }) => sum + length, 0),
      recordings: manifest.recordings,
      problems: verdict.findings.length,
      keysFingerprint: fingerprintOf(keys),
      keysKept: manifest.keys.sealed ? 'sealed' : 'apart',
    })
  return verdict
}

const noRight = '42501'

/** Undefined: this user may make no databases. */
async function tryRestore(
  { databaseUrl, keys, place, snapshot, migrations }: Verifying,
  manifest: SnapshotManifest,
): Promise<string[] | undefined> {
  const name = `ewizyta_proof_${randomBytes(6).toString('hex')}`
  const admin = new pg.Client({ connectionString: databaseUrl, application_name: 'e-wizyta backup' })
  await admin.connect()
  try {
    try {
      await admin.query(`create database ${name}`)
    } catch (error) {
      if (sqlState(error) === noRight) return undefined
      throw error
    }
    const url = new URL(databaseUrl)
    url.pathname = `/${name}`
    const database = openDatabase(url.href, { maxConnections: 4 })
    try {
      await fillDatabase(database, { folder: place.snapshot(snapshot), manifest, migrations })
      return await proveDatabase({ db: database.db, keys, store: snapshotStore(place, manifest) }, manifest)
    } finally {
      await database.close()
      await admin.query(`drop database ${name} with (force)`)
    }
  } finally {
    await admin.end()
  }
}

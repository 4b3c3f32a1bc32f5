import type { Pool } from 'pg'
import { verifyAudit } from '../../audit/verify-audit'
import type { Db } from '../../platform/db'
import type { Keys } from '../../platform/keys'
import { listMigrations, migrate } from '../../platform/migrate'
import type { ObjectStore } from '../../platform/object-store'
import { verifyRecording } from '../../recording/verify-recording'
import { loadTables } from './copy-tables'
import type { SnapshotManifest } from './snapshot-manifest'

/** Fills an empty database from a snapshot: with its own migrations first, then its rows, then what came since. */
export async function fillDatabase(
  { db, pool }: { db: Db; pool: Pool },
  { folder, manifest, migrations }: { folder: string; manifest: SnapshotManifest; migrations: string },
): Promise<void> {
  await migrate(db, migrations, manifest.migrations.at(-1))
  const client = await pool.connect()
  try {
    await loadTables(client, folder, manifest)
  } finally {
    client.release(true)
  }
  await migrate(db, migrations)
}

/** Migrations of the snapshot that this product does not know: a newer one has taken it. */
export async function unknownMigrations(manifest: SnapshotManifest, folder: string): Promise<string[]> {
  const known = new Set(await listMigrations(folder))
  return manifest.migrations.filter((name) => !known.has(name))
}

/** Reads audit record and recordings of a restored database again. @returns what is wrong, in words */
export async function proveDatabase(
  { db, keys, store }: { db: Db; keys: Keys; store: ObjectStore },
  { auditEnd }: Pick<SnapshotManifest, 'auditEnd'>,
): Promise<string[]> {
  const end = auditEnd
    ? { position: auditEnd.position, seal: Buffer.from(auditEnd.seal, 'base64') }
    : undefined
  const findings: string[] = []
  const audit = await verifyAudit(db, keys, end)
  if (audit.broken) findings.push(`audit record: ${audit.broken.why} at position ${audit.broken.position}`)
  const recordings = await db
    .selectFrom('recording')
    .innerJoin('visit', 'visit.id', 'recording.visit_id')
    .select(['visit.id', 'visit.number'])
    .orderBy('recording.started_at')
    .execute()
  for (const { id, number } of recordings) {
    const verdict = await verifyRecording({ db, store, keys }, id)
    if (verdict.outcome === 'broken')
      findings.push(...verdict.findings.map((finding) => `recording ${number}: ${finding}`))
  }
  return findings
}

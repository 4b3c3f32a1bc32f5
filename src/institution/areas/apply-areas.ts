import { appendAudit } from '../../audit/append-audit'
import type { Bus } from '../../platform/bus'
import { type Db, inTransaction } from '../../platform/db'
import { tellInstitutionChanged } from '../institution-changed'
import { applyDryRun, currentVersion, lockVersions, readBranches, readImport } from './areas-store'
import { lostBranches } from './check-areas'

export type ApplyRefusal = 'not_found' | 'has_errors' | 'changed' | 'branch_lost'
export type Applied = { ok: true; version: number } | { ok: false; reason: ApplyRefusal }

/**
 * Puts the areas of a dry run in force, all of them or none, as a new version. Applied twice it stays one version.
 * @param seenVersion the version in force when the effect was shown; refused as 'changed' once there is another
 */
export async function applyAreas(
  db: Db,
  {
    id,
    seenVersion,
    staffId,
    now,
    bus,
  }: { id: string; seenVersion: number; staffId: number; now: Date; bus: Bus },
): Promise<Applied> {
  return inTransaction(db, async (tx) => {
    await lockVersions(tx)
    const run = await readImport(tx, id, now)
    if (!run) return { ok: false, reason: 'not_found' }
    if (run.version !== null) return { ok: true, version: run.version }
    if (run.facts && run.facts.errors > 0) return { ok: false, reason: 'has_errors' }
    const current = await currentVersion(tx)
    if (current !== seenVersion) return { ok: false, reason: 'changed' }
    if (lostBranches(run.areas, await readBranches(tx)).length > 0)
      return { ok: false, reason: 'branch_lost' }
    const version = current + 1
    await applyDryRun(tx, { id, version, now, staffId })
    await appendAudit(tx, {
      at: now,
      actor: { kind: 'staff', staffId },
      action: run.source === 'restored' ? 'areas.restored' : 'areas.imported',
      subject: { kind: 'postal_import', id },
      details: {
        version,
        areas: run.areas.size,
        ...(run.fileHash && { sha256: run.fileHash.toString('hex') }),
        ...(run.restoredVersion !== null && { restored: run.restoredVersion }),
      },
    })
    await tellInstitutionChanged(tx, bus)
    return { ok: true, version }
  })
}

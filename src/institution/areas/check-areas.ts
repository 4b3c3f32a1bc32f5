import { appendAudit } from '../../audit/append-audit'
import { type Db, inTransaction } from '../../platform/db'
import { uuidV7 } from '../../platform/uuid'
import { insertDryRun, readBranches, readVersion } from './areas-store'
import type { NamedBranch } from './area-line'
import { type FileLimits, readAreaFile } from './read-area-file'

/** How long a dry run may be applied. */
export const dryRunHours = 24

const longestFileName = 120

interface Checker {
  staffId: number
  now: Date
}

const expiry = (now: Date) => new Date(now.getTime() + dryRunHours * 3_600_000)

/** Reads a file and keeps what would come of it; changes no area. @returns the dry run's id */
export async function checkAreaFile(
  db: Db,
  file: { name: string; bytes: AsyncIterable<Uint8Array> },
  { staffId, now }: Checker,
  limits?: FileLimits,
): Promise<{ id: string }> {
  const read = await readAreaFile(file.bytes, await readBranches(db), limits)
  const { areas, problems, hash, encoding, delimiter, lines, errors, warnings } = read
  const id = uuidV7(now)
  await inTransaction(db, async (tx) => {
    await insertDryRun(tx, {
      id,
      source: 'file',
      checkedAt: now,
      checkedBy: staffId,

      fileName: file.name.replace(/[\u0000-\u001f]/g, '').slice(-longestFileName),
      fileHash: hash,
      restoredVersion: null,
      facts: { encoding, delimiter, lines, errors, warnings },
      problems,
      areas,
      expiresAt: expiry(now),
    })
    await appendAudit(tx, {
      at: now,
      actor: { kind: 'staff', staffId },
      action: 'areas.checked',
      subject: { kind: 'postal_import', id },
      details: { lines, errors, warnings, areas: areas.size, sha256: hash.toString('hex') },
    })
  })
  return { id }
}

/** A dry run of going back to a kept version. */
export async function checkAreaVersion(
  db: Db,
  version: number,
  { staffId, now }: Checker,
): Promise<{ ok: true; id: string } | { ok: false; reason: 'not_found' }> {
  const kept = await readVersion(db, version)
  if (!kept) return { ok: false, reason: 'not_found' }
  const id = uuidV7(now)
  await inTransaction(db, (tx) =>
    insertDryRun(tx, {
      id,
      source: 'restored',
      checkedAt: now,
      checkedBy: staffId,
      fileName: null,
      fileHash: null,
      restoredVersion: version,
      facts: null,
      problems: [],
      areas: kept.areas,
      expiresAt: expiry(now),
    }),
  )
  return { ok: true, id }
}

/** Branches of these areas that take no visits any more, or are gone. */
export function lostBranches(areas: ReadonlyMap<string, string>, branches: readonly NamedBranch[]): string[] {
  const active = new Set(branches.filter((branch) => branch.active).map(({ code }) => code))
  return [...new Set(areas.values())].filter((code) => !active.has(code)).sort()
}

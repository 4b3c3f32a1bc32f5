import type { DbOrTx } from '../../platform/db'
import { uuidV7 } from '../../platform/uuid'

export interface BackupNote {
  kind: 'backup' | 'verify' | 'restore'
  at: Date
  snapshot: string
  place: string
  bytes: number
  recordings: number
  problems: number
  keysFingerprint: string
  keysKept: 'sealed' | 'apart'
}

/** For the operations page: what was done, and whether it went well. */
export async function noteBackup(db: DbOrTx, note: BackupNote): Promise<void> {
  await db
    .insertInto('backup_note')
    .values({
      id: uuidV7(note.at),
      kind: note.kind,
      at: note.at,
      snapshot: note.snapshot,
      place: note.place,
      bytes: note.bytes,
      recordings: note.recordings,
      problems: note.problems,
      keys_fingerprint: note.keysFingerprint,
      keys_kept: note.keysKept,
    })
    .execute()
}

/** The newest note of each kind. */
export async function latestNotes(db: DbOrTx): Promise<Partial<Record<BackupNote['kind'], BackupNote>>> {
  const rows = await db
    .selectFrom('backup_note')
    .selectAll()
    .distinctOn('kind')
    .orderBy('kind')
    .orderBy('at', 'desc')
    .execute()
  return Object.fromEntries(
    rows.map(({ kind, at, snapshot, place, bytes, recordings, problems, ...keys }) => [
      kind,
      {
        ...{ kind, at, snapshot, place, bytes, recordings, problems },
        keysFingerprint: keys.keys_fingerprint,
        keysKept: keys.keys_kept,
      } as BackupNote,
    ]),
  )
}

import type { Tx } from '../platform/db'

/** Something that the institution's other systems are to be told of. */
export interface BackofficeEntry {
  id: string
  kind: 'application' | 'profile_confirmation'
  /** Of the application or confirmation; each is told of once. */
  subjectId: string
  branchId: number
  now: Date
}

/** Writes the entry in the transaction of what it tells about, so that neither is without the other. */
export async function enqueueEntry(
  tx: Tx,
  { id, kind, subjectId, branchId, now }: BackofficeEntry,
): Promise<void> {
  await tx
    .insertInto('backoffice_entry')
    .values({ id, kind, subject_id: subjectId, branch_id: branchId, created_at: now })
    .execute()
}

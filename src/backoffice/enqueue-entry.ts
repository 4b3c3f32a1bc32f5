import type { Tx } from '../platform/db'
import type { EntryKind } from './entry-kind'

/** Something that the institution's other systems are to be told of. */
export interface BackofficeEntry {
  /** The webhook's id at every try and every endpoint. */
  id: string
  kind: EntryKind
  /** Of the application or confirmation; each is told of once. */
  subjectId: string
  /** Its reference number: what people name it by. */
  reference: string
  branchId: number
  now: Date
}

/** Writes the entry in the transaction of what it tells about, so that neither is without the other. */
export async function enqueueEntry(
  tx: Tx,
  { id, kind, subjectId, reference, branchId, now }: BackofficeEntry,
): Promise<void> {
  await tx
    .insertInto('backoffice_entry')
    .values({ id, kind, subject_id: subjectId, reference, branch_id: branchId, created_at: now })
    .execute()
}

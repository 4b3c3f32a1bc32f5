import { lockVisit } from '../booking/visit-store'
import { type Db, inTransaction } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Staff } from '../staff/staff'
import { auditVisit } from './audit-visit'
import { type Refusal, refusalFor } from './conducting'
import { holdsDocumentNumber } from './document-number'
import { longestNote, sealStaffNote } from './visit-notes'

export interface NewStaffNote {
  visitId: string
  staff: Staff
  words: string
  now: Date
  keys: Keys
}

/** Keeps what the staff write for themselves about a visit; it replaces the note before. */
export async function saveStaffNote(
  db: Db,
  { visitId, staff, words, now, keys }: NewStaffNote,
): Promise<{ ok: true } | { ok: false; reason: Refusal | 'staff_note_too_long' | 'document_number' }> {
  const note = words.trim()
  if (note.length > longestNote) return { ok: false, reason: 'staff_note_too_long' }
  if (holdsDocumentNumber(note)) return { ok: false, reason: 'document_number' }
  return inTransaction(db, async (tx) => {
    const visit = await lockVisit(tx, visitId)
    const refusal = refusalFor(staff, 'conduct', visit)
    if (refusal || !visit) return { ok: false, reason: refusal ?? 'unknown' }
    await tx
      .updateTable('visit')
      .set({ staff_note: sealStaffNote(keys, visit.id, note) })
      .where('id', '=', visit.id)
      .execute()
    await auditVisit(tx, visit, { staff, action: 'visit.noted', now })
    return { ok: true }
  })
}

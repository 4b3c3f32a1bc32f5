import type { Db } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Staff } from '../staff/staff'
import { type NotConducting, whileConducting } from './conducted-visit'
import { holdsDocumentNumber } from './document-number'
import { longestNote, sealClosingNote } from './visit-notes'

/** Keeps the words to the client while they are written; the client sees them when the visit ends. */
export function saveAgreed(
  db: Db,
  { visitId, staff, words, keys }: { visitId: string; staff: Staff; words: string; keys: Keys },
): Promise<{ ok: true } | NotConducting | { ok: false; reason: 'note_too_long' | 'document_number' }> {
  const agreed = words.trim()
  return whileConducting<
    { ok: true } | NotConducting | { ok: false; reason: 'note_too_long' | 'document_number' }
  >(db, { visitId, staff }, async (tx, visit) => {
    if (agreed.length > longestNote) return { ok: false, reason: 'note_too_long' }
    if (holdsDocumentNumber(agreed)) return { ok: false, reason: 'document_number' }
    const note = sealClosingNote(keys, visit.id, { words: agreed, topicId: null })
    await tx.updateTable('visit').set({ closing_note: note }).where('id', '=', visit.id).execute()
    return { ok: true }
  })
}

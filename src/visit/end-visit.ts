import type { EarlyEndReason, VisitEvent } from '../contract/visit-state'
import { lockVisit } from '../booking/visit-store'
import type { MessageQueue } from '../message/queue-messages'
import type { Bus } from '../platform/bus'
import { type Db, inTransaction } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Staff } from '../staff/staff'
import { auditVisit } from './audit-visit'
import { type Refusal, refusalFor } from './conducting'
import { holdsDocumentNumber } from './document-number'
import { queuedVisit } from './queued-visit'
import { changeVisit } from './visit-change'
import { longestNote, sealClosingNote } from './visit-notes'

export interface VisitEnd {
  visitId: string
  staff: Staff
  /** 'settled', or why the visit ends before its matter is. */
  how: 'settled' | EarlyEndReason
  /** The officer's words to the client. */
  note: string
  /** The right topic, for 'wrong_topic'. */
  topicId: number | null
  now: Date
  keys: Keys
  queue: MessageQueue
  bus: Bus
}

export type Ended =
  | { ok: true }
  | {
      ok: false
      reason: Refusal | 'changed' | 'note_missing' | 'note_too_long' | 'topic_missing' | 'document_number'
    }

/** The officer ends the visit; the client sees the reason and the words at once. */
export async function endVisit(db: Db, end: VisitEnd): Promise<Ended> {
  const { visitId, staff, how, now, keys, queue, bus } = end
  const words = end.note.trim()
  if (how === 'other' && words === '') return { ok: false, reason: 'note_missing' }
  if (words.length > longestNote) return { ok: false, reason: 'note_too_long' }
  if (holdsDocumentNumber(words)) return { ok: false, reason: 'document_number' }
  const topicId = how === 'wrong_topic' ? end.topicId : null
  if (how === 'wrong_topic' && topicId === null) return { ok: false, reason: 'topic_missing' }
  const event: VisitEvent = how === 'settled' ? { type: 'completed' } : { type: 'ended_early', reason: how }

  const outcome = await inTransaction<Ended>(db, async (tx) => {
    const visit = await lockVisit(tx, visitId)
    const refusal = refusalFor(staff, 'conduct', visit)
    if (refusal || !visit) return { ok: false, reason: refusal ?? 'unknown' }
    const ended = await changeVisit(tx, visit, {
      event,
      changes: { ended_at: now, closing_note: sealClosingNote(keys, visit.id, { words, topicId }) },
      now,
      bus,
    })
    if (!ended) return { ok: false, reason: 'changed' }
    await queue.visitEnded(tx, queuedVisit(keys, visit))
    await auditVisit(tx, visit, { staff, action: 'visit.ended', details: { how }, now })
    return { ok: true }
  })
  if (outcome.ok) queue.wake()
  return outcome
}

import type { Bus } from '../platform/bus'
import type { Db } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Staff } from '../staff/staff'
import { auditVisit } from '../visit/audit-visit'
import { type NotConducting, whileConducting } from '../visit/conducted-visit'
import { holdsDocumentNumber } from '../visit/document-number'
import { tellOfVisit } from '../visit/visit-notices'

/** Longest reason, in characters. */
export const longestChoiceReason = 500

export interface RecordingChoice {
  visitId: string
  staff: Staff
  /** Made by the page: sent again it stays one choice. */
  id: string
  choice: 'wait' | 'continue'
  /** Needed to go on without a recording. */
  reason: string
  /** Whether the institution lets a visit go on without one. */
  mayBeMissing: boolean
  now: Date
  keys: Keys
  bus: Bus
}

export type Chosen =
  | { ok: true }
  | NotConducting
  | {
      ok: false
      reason:
        | 'must_be_recorded'
        | 'choice_reason_missing'
        | 'choice_reason_too_long'
        | 'document_number'
        | 'recording_goes_on'
    }

/** Keeps what the officer chose when the recording was interrupted. A recording that comes back is taken up again. */
export function chooseWithoutRecording(db: Db, made: RecordingChoice): Promise<Chosen> {
  const { visitId, staff, id, choice, mayBeMissing, now, keys, bus } = made
  const reason = choice === 'continue' ? made.reason.trim() : ''
  return whileConducting<Chosen>(db, { visitId, staff }, async (tx, visit) => {
    const sent = await tx
      .selectFrom('recording_choice')
      .select('visit_id')
      .where('id', '=', id)
      .executeTakeFirst()
    if (sent) return sent.visit_id === visit.id ? { ok: true } : { ok: false, reason: 'changed' }
    if (choice === 'continue') {
      if (!mayBeMissing) return { ok: false, reason: 'must_be_recorded' }
      if (reason === '') return { ok: false, reason: 'choice_reason_missing' }
      if (reason.length > longestChoiceReason) return { ok: false, reason: 'choice_reason_too_long' }
      if (holdsDocumentNumber(reason)) return { ok: false, reason: 'document_number' }
    }
    if (visit.recording_state !== 'interrupted') return { ok: false, reason: 'recording_goes_on' }
    await tx
      .insertInto('recording_choice')
      .values({
        id,
        visit_id: visit.id,
        staff_id: staff.id,
        choice,
        reason: choice === 'continue' ? keys.seal(reason, `recording.choice:${id}`) : null,
        chosen_at: now,
      })
      .execute()
    if (choice === 'continue')
      await tx
        .updateTable('visit')
        .set({ recording_state: 'unrecorded' })
        .where('id', '=', visit.id)
        .execute()
    await auditVisit(tx, visit, { staff, action: 'recording.chosen', details: { choice }, now })
    await tellOfVisit(tx, bus, { id: visit.id, branchId: visit.branch_id })
    return { ok: true }
  })
}

import type { DocumentKind, IdentityReason, IdentityResult } from '../contract/visit-matters'
import type { Bus } from '../platform/bus'
import type { Db } from '../platform/db'
import type { Staff } from '../staff/staff'
import { auditVisit } from './audit-visit'
import { type NotConducting, whileConducting } from './conducted-visit'
import { recordingHolds } from './identity-needed'
import { currentIdentity } from './settlement-store'
import { tellOfVisit } from './visit-notices'

export interface IdentityDecision {
  visitId: string
  staff: Staff
  /** Made by the page: sent again it stays one decision. */
  id: string
  result: IdentityResult
  /** Needed to confirm; the kind only, never a number. */
  document: DocumentKind | null
  /** Needed when it is not confirmed. */
  reason: IdentityReason | null
  now: Date
  bus: Bus
}

export type IdentityDecided =
  | { ok: true }
  | NotConducting
  | {
      ok: false
      reason: 'recording_interrupted' | 'document_missing' | 'identity_reason_missing' | 'decided_before'
    }

/** Keeps the officer's comparison of face and document. A result stands until it is undone with a reason. */
export function decideIdentity(db: Db, decision: IdentityDecision): Promise<IdentityDecided> {
  const { visitId, staff, id, result, now, bus } = decision
  const document = result === 'not_needed' ? null : decision.document
  const reason = result === 'not_confirmed' ? decision.reason : null
  return whileConducting<IdentityDecided>(db, { visitId, staff }, async (tx, visit) => {
    const sent = await tx
      .selectFrom('identity_check')
      .select(['visit_id', 'undone_at'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (sent?.visit_id === visit.id && sent.undone_at === null) return { ok: true }
    // A form that came late: what it decided was undone meanwhile
    if (sent) return { ok: false, reason: 'changed' }
    if (result === 'confirmed' && !recordingHolds(visit))
      return { ok: false, reason: 'recording_interrupted' }
    if (result === 'confirmed' && document === null) return { ok: false, reason: 'document_missing' }
    if (result === 'not_confirmed' && reason === null) return { ok: false, reason: 'identity_reason_missing' }
    if (await currentIdentity(tx, visit.id)) return { ok: false, reason: 'decided_before' }
    await tx
      .insertInto('identity_check')
      .values({ id, visit_id: visit.id, staff_id: staff.id, result, document, reason, decided_at: now })
      .execute()
    await tx.updateTable('visit').set({ asked: null }).where('id', '=', visit.id).execute()
    await auditVisit(tx, visit, {
      staff,
      action: 'identity.decided',
      details: { result, document, reason },
      now,
    })
    await tellOfVisit(tx, bus, { id: visit.id, branchId: visit.branch_id })
    return { ok: true }
  })
}

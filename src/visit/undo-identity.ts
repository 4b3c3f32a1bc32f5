import type { Bus } from '../platform/bus'
import type { Db } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Staff } from '../staff/staff'
import { auditVisit } from './audit-visit'
import { type NotConducting, whileConducting } from './conducted-visit'
import { holdsDocumentNumber } from './document-number'
import { currentIdentity, identityWasUsed, sealUndoneReason } from './settlement-store'
import { tellOfVisit } from './visit-notices'

/** Longest reason, in characters. */
export const longestUndoReason = 300

export type IdentityUndone =
  | { ok: true }
  | NotConducting
  | {
      ok: false
      reason:
        | 'nothing_to_undo'
        | 'already_used'
        | 'undo_reason_missing'
        | 'undo_reason_too_long'
        | 'document_number'
    }

/** Takes the result back, with the officer's reason; it stays in the record, and another one may follow. */
export function undoIdentity(
  db: Db,
  {
    visitId,
    staff,
    words,
    now,
    keys,
    bus,
  }: { visitId: string; staff: Staff; words: string; now: Date; keys: Keys; bus: Bus },
): Promise<IdentityUndone> {
  const reason = words.trim()
  return whileConducting<IdentityUndone>(db, { visitId, staff }, async (tx, visit) => {
    if (reason === '') return { ok: false, reason: 'undo_reason_missing' }
    if (reason.length > longestUndoReason) return { ok: false, reason: 'undo_reason_too_long' }
    if (holdsDocumentNumber(reason)) return { ok: false, reason: 'document_number' }
    const current = await currentIdentity(tx, visit.id)
    if (!current) return { ok: false, reason: 'nothing_to_undo' }
    // What was handed over rests on it
    if (await identityWasUsed(tx, visit.id)) return { ok: false, reason: 'already_used' }
    await tx
      .updateTable('identity_check')
      .set({ undone_at: now, undone_by: staff.id, undone_reason: sealUndoneReason(keys, visit.id, reason) })
      .where('id', '=', current.id)
      .execute()
    await auditVisit(tx, visit, {
      staff,
      action: 'identity.undone',
      details: { result: current.result },
      now,
    })
    await tellOfVisit(tx, bus, { id: visit.id, branchId: visit.branch_id })
    return { ok: true }
  })
}

import { appendAudit } from '../audit/append-audit'
import { type Cancellation, cancelVisit, type Cancelled } from '../booking/cancel-visit'
import type { Db } from '../platform/db'
import { may } from '../staff/may'
import type { Staff } from '../staff/staff'
import { ownCase } from './read-person'

export type CancelledForPerson =
  | { ok: true }
  | { ok: false; reason: 'not_allowed' | 'unknown' | 'expired' | Extract<Cancelled, { ok: false }>['reason'] }

/** Cancels a visit that is still to come because its client wants the data erased: in the client's name. */
export async function cancelForPerson(
  db: Db,
  { caseId, staff, ...cancellation }: Omit<Cancellation, 'by' | 'reason'> & { caseId: string; staff: Staff },
): Promise<CancelledForPerson> {
  const { visitId, now } = cancellation
  const own = await ownCase(db, { caseId, staff, now })
  if (!own.ok) return own
  if (!own.found.visitIds.includes(visitId)) return { ok: false, reason: 'unknown' }
  const { branch_id: branchId } = await db
    .selectFrom('visit')
    .select('branch_id')
    .where('id', '=', visitId)
    .executeTakeFirstOrThrow()
  if (!may(staff, 'see_person', branchId)) return { ok: false, reason: 'not_allowed' }
  const cancelled = await cancelVisit(db, { ...cancellation, by: 'client' })
  if (!cancelled.ok) return cancelled
  await appendAudit(db, {
    at: now,
    actor: { kind: 'staff', staffId: staff.id },
    action: 'person.visit_cancelled',
    subject: { kind: 'visit', id: visitId },
    branchId,
    details: { case: caseId },
  })
  return { ok: true }
}

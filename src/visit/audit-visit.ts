import { appendAudit } from '../audit/append-audit'
import type { AuditAction, AuditActor, AuditDetails } from '../audit/audit-action'
import type { VisitRow } from '../booking/visit-links'
import type { DbOrTx } from '../platform/db'
import type { Staff } from '../staff/staff'

type Audited = Pick<VisitRow, 'id' | 'branch_id'>

interface Done {
  action: AuditAction
  details?: AuditDetails
  now: Date
}

/** Writes down what somebody of the staff did in a visit, in the transaction in which it was done. */
export const auditVisit = (
  db: DbOrTx,
  visit: Audited,
  { staff, ...done }: Done & { staff: Staff },
): Promise<void> => auditVisitBy(db, visit, { kind: 'staff', staffId: staff.id }, done)

/** The same, of a client or of the product itself. */
export const auditVisitBy = (
  db: DbOrTx,
  visit: Audited,
  actor: AuditActor,
  { action, details, now }: Done,
): Promise<void> =>
  appendAudit(db, {
    at: now,
    actor,
    action,
    subject: { kind: 'visit', id: visit.id },
    branchId: visit.branch_id,
    ...(details && { details }),
  })

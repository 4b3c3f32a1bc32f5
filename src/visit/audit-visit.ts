import { appendAudit } from '../audit/append-audit'
import type { AuditAction, AuditDetails } from '../audit/audit-action'
import type { VisitRow } from '../booking/visit-links'
import type { Tx } from '../platform/db'
import type { Staff } from '../staff/staff'

/** Writes down what somebody of the staff did in a visit, in the transaction in which it was done. */
export const auditVisit = (
  tx: Tx,
  visit: Pick<VisitRow, 'id' | 'branch_id'>,
  { staff, action, details, now }: { staff: Staff; action: AuditAction; details?: AuditDetails; now: Date },
): Promise<void> =>
  appendAudit(tx, {
    at: now,
    actor: { kind: 'staff', staffId: staff.id },
    action,
    subject: { kind: 'visit', id: visit.id },
    branchId: visit.branch_id,
    ...(details && { details }),
  })

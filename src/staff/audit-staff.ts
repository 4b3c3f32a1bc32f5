import { appendAudit } from '../audit/append-audit'
import type { AuditAction, AuditDetails } from '../audit/audit-action'
import type { DbOrTx } from '../platform/db'

interface StaffFact {
  action: Extract<AuditAction, `staff.${string}`>
  /** Whose account it is about; null for nobody we know. */
  about: number | null
  /** Who did it: the person themself unless said otherwise; `system` for who is not known yet. */
  by?: number | 'system'
  now: Date
  branchId?: number | null
  details?: AuditDetails
}

/** Writes down what happened to an account. */
export function auditStaff(db: DbOrTx, fact: StaffFact): Promise<void> {
  const { action, about, now, branchId, details } = fact
  const by = fact.by ?? about ?? 'system'
  return appendAudit(db, {
    at: now,
    actor: by === 'system' ? { kind: 'system' } : { kind: 'staff', staffId: by },
    action,
    ...(about !== null && { subject: { kind: 'staff', id: String(about) } }),
    ...(typeof branchId === 'number' && { branchId }),
    ...(details && { details }),
  })
}

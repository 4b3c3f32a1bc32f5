import type { DbOrTx } from '../platform/db'
import type { AuditFact } from './audit-action'

/** Writes down what happened; in the transaction of what it tells about, so that neither is without the other. */
export async function appendAudit(db: DbOrTx, fact: AuditFact): Promise<void> {
  const { at, actor, action, subject, branchId, details } = fact
  await db
    .insertInto('audit_entry')
    .values({
      at,
      actor: actor.kind,
      staff_id: actor.kind === 'staff' ? actor.staffId : null,
      action,
      subject_kind: subject?.kind ?? null,
      subject_id: subject?.id ?? null,
      branch_id: branchId ?? null,
      details: JSON.stringify(details ?? {}),
    })
    .execute()
}

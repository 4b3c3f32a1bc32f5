import type { Matter } from '../contract/visit-matters'
import type { Db } from '../platform/db'
import type { Staff } from '../staff/staff'
import { auditVisit } from './audit-visit'
import { type NotConducting, whileConducting } from './conducted-visit'

/** Keeps what the visit was used for: exactly these. */
export function setMatters(
  db: Db,
  { visitId, staff, matters, now }: { visitId: string; staff: Staff; matters: readonly Matter[]; now: Date },
): Promise<{ ok: true } | NotConducting> {
  return whileConducting(db, { visitId, staff }, async (tx, visit) => {
    await tx.deleteFrom('visit_matter').where('visit_id', '=', visit.id).execute()
    const rows = [...new Set(matters)].map((matter) => ({ visit_id: visit.id, matter }))
    if (rows.length > 0) await tx.insertInto('visit_matter').values(rows).execute()
    await auditVisit(tx, visit, {
      staff,
      action: 'visit.matters_set',
      details: { matters: rows.map(({ matter }) => matter).join(' ') },
      now,
    })
    return { ok: true }
  })
}

import { lockVisit } from '../booking/visit-store'
import type { VisitRow } from '../booking/visit-links'
import { type Db, inTransaction, type Tx } from '../platform/db'
import type { Staff } from '../staff/staff'
import { type Refusal, refusalFor } from './conducting'

export type NotConducting = { ok: false; reason: Refusal | 'changed' }

/**
 * Does something in a visit that is in progress, for the officer who conducts it: the row is locked, the right
 * checked, all in one transaction. `changed`: the visit is not in progress (any more).
 */
export async function whileConducting<Done>(
  db: Db,
  { visitId, staff }: { visitId: string; staff: Staff },
  work: (tx: Tx, visit: VisitRow) => Promise<Done>,
): Promise<Done | NotConducting> {
  return inTransaction(db, async (tx) => {
    const visit = await lockVisit(tx, visitId)
    const refusal = refusalFor(staff, 'conduct', visit)
    if (refusal || !visit) return { ok: false, reason: refusal ?? 'unknown' }
    if (visit.state !== 'in_progress') return { ok: false, reason: 'changed' }
    return work(tx, visit)
  })
}

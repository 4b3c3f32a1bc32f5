import { lockVisit } from '../booking/visit-store'
import type { Bus } from '../platform/bus'
import { type Db, inTransaction } from '../platform/db'
import type { Staff } from '../staff/staff'
import { auditVisit } from './audit-visit'
import { type Refusal, refusalFor } from './conducting'
import { emptyCall } from './presence-store'
import { changeVisit } from './visit-change'

export type Release = { ok: true } | { ok: false; reason: Refusal | 'changed' }

/** Puts the visit back on the list, for a colleague or for later; the client keeps the place in the row. */
export async function releaseVisit(
  db: Db,
  { visitId, staff, now, bus }: { visitId: string; staff: Staff; now: Date; bus: Bus },
): Promise<Release> {
  return inTransaction(db, async (tx) => {
    const visit = await lockVisit(tx, visitId)
    const refusal = refusalFor(staff, 'conduct', visit)
    if (refusal || !visit) return { ok: false, reason: refusal ?? 'unknown' }
    const released = await changeVisit(tx, visit, {
      event: { type: 'released' },
      changes: { officer_id: null, started_at: null },
      now,
      bus,
    })
    if (!released) return { ok: false, reason: 'changed' }
    await emptyCall(tx, visit.id)
    await auditVisit(tx, visit, { staff, action: 'visit.released', now })
    return { ok: true }
  })
}

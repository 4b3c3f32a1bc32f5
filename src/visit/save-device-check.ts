import { type DeviceReport, overallVerdict } from '../contract/device-check'
import type { VisitRow } from '../booking/visit-links'
import type { Bus } from '../platform/bus'
import { type Db, inTransaction } from '../platform/db'
import { meetingStanding } from './meeting-standing'
import { tellOfVisit } from './visit-notices'

/** Keeps what the client's device check found last; the officer sees it. `over`: the visit is not ahead any more. */
export async function saveDeviceCheck(
  db: Db,
  check: { visit: VisitRow; report: DeviceReport; now: Date; openBeforeMinutes: number; bus: Bus },
): Promise<{ ok: true } | { ok: false; reason: 'over' }> {
  const { visit, report, now, openBeforeMinutes, bus } = check
  const standing = meetingStanding(visit, now, openBeforeMinutes)
  if (standing !== 'early' && standing !== 'open') return { ok: false, reason: 'over' }
  const values = { checked_at: now, verdict: overallVerdict(report), results: JSON.stringify(report) }
  await inTransaction(db, async (tx) => {
    await tx
      .insertInto('device_check')
      .values({ visit_id: visit.id, ...values })
      .onConflict((conflict) => conflict.column('visit_id').doUpdateSet(values))
      .execute()
    await tellOfVisit(tx, bus, { id: visit.id, branchId: visit.branch_id })
  })
  return { ok: true }
}

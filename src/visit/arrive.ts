import type { VisitRow } from '../booking/visit-links'
import type { Bus } from '../platform/bus'
import type { Tx } from '../platform/db'
import { auditVisitBy } from './audit-visit'
import { arrivalCounts } from './meeting-standing'
import { changeVisit } from './visit-change'

/**
 * The client has come: a booked visit whose door is open becomes a waiting one, from now on. Coming again
 * changes nothing, so the place in the row stays.
 * @returns whether the visit is a waiting one since this moment
 */
export async function arrive(
  tx: Tx,
  visit: VisitRow,
  { now, openBeforeMinutes, bus }: { now: Date; openBeforeMinutes: number; bus: Bus },
): Promise<boolean> {
  if (!arrivalCounts(visit, now, openBeforeMinutes)) return false
  const arrived = await changeVisit(tx, visit, {
    event: { type: 'client_arrived' },
    changes: { waiting_since: now },
    now,
    bus,
  })
  if (arrived) await auditVisitBy(tx, visit, { kind: 'client' }, { action: 'visit.arrived', now })
  return arrived
}

import type { VisitRow } from '../booking/visit-links'
import type { Bus } from '../platform/bus'
import type { Tx } from '../platform/db'
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
  return changeVisit(tx, visit, {
    event: { type: 'client_arrived' },
    changes: { waiting_since: now },
    now,
    bus,
  })
}

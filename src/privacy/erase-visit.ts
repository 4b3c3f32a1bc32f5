import { lockVisit } from '../booking/visit-store'
import { visitsWithWaitingEntries } from '../backoffice/waiting-entries'
import type { Bus } from '../platform/bus'
import type { Tx } from '../platform/db'
import type { Keys } from '../platform/keys'
import { eraseLockedRecording } from '../recording/erase-recording'
import { lockKept } from '../recording/kept-recording'
import { tellOfVisit } from '../visit/visit-notices'
import { forgetPerson } from './erase-visit-store'
import { type ErasureObstacle, erasureObstacle } from './erasure-obstacle'

export interface VisitErasure {
  visitId: string
  /** Whom the erasure of the recording is written down for: nobody when the visit's time was over. */
  staff: { id: number } | null
  now: Date
  keys: Keys
  bus: Bus
}

export type VisitErased =
  { ok: true; branchId: number } | { ok: false; reason: ErasureObstacle | 'unknown' | 'erased' | 'recorded' }

/**
 * Erases the personal data of a visit together with its recording, in the caller's transaction: there is no moment at
 * which one is gone and the other is not. A visit whose time is over waits for its recording, which has a time of its
 * own.
 */
export async function eraseVisit(
  tx: Tx,
  { visitId, staff, now, keys, bus }: VisitErasure,
): Promise<VisitErased> {
  const visit = await lockVisit(tx, visitId)
  if (!visit) return { ok: false, reason: 'unknown' }
  if (visit.erased_at) return { ok: false, reason: 'erased' }
  const recording = await lockKept(tx, visitId)
  const obstacle = erasureObstacle({
    state: visit.state,
    isHeld: Boolean(recording?.heldAt),
    entryWaits: (await visitsWithWaitingEntries(tx, [visitId])).size > 0,
  })
  if (obstacle) return { ok: false, reason: obstacle }
  if (recording && recording.state !== 'erased') {
    if (!staff) return { ok: false, reason: 'recorded' }
    await eraseLockedRecording(tx, { recording, why: 'person', staff, now, keys, bus })
  }
  await forgetPerson(tx, visitId, now)
  await tellOfVisit(tx, bus, { id: visitId, branchId: visit.branch_id })
  return { ok: true, branchId: visit.branch_id }
}

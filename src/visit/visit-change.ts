import { nextState, type VisitEvent } from '../contract/visit-state'
import type { VisitRow } from '../booking/visit-links'
import type { Bus } from '../platform/bus'
import type { Tx } from '../platform/db'
import { tellOfVisit } from './visit-notices'

/** What an event writes beside the state. */
export interface Changes {
  waiting_since?: Date
  started_at?: Date | null
  ended_at?: Date
  officer_id?: number | null
  closing_note?: Buffer | null
}

/**
 * Writes what follows from the event for a visit locked by the caller, and tells everybody who looks at it.
 * @returns false, and nothing is written, when the event is not allowed in this state
 */
export async function changeVisit(
  tx: Tx,
  visit: VisitRow,
  change: { event: VisitEvent; changes?: Changes; now: Date; bus: Bus },
): Promise<boolean> {
  const standing = nextState(visit.state, change.event)
  if (!standing) return false
  await tx
    .updateTable('visit')
    .set({
      ...change.changes,
      // What was asked, was asked in the call that begins or is over
      asked: null,
      // A recording begins with the call and never outlives it
      recording_state: standing.state === 'in_progress' && visit.recording_consent ? 'starting' : 'off',
      state: standing.state,
      state_reason: standing.reason,
      state_changed_at: change.now,
    })
    .where('id', '=', visit.id)
    .execute()
  await tellOfVisit(tx, change.bus, { id: visit.id, branchId: visit.branch_id })
  return true
}

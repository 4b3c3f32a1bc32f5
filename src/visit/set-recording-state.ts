import type { VisitRow } from '../booking/visit-links'
import type { RecordingState } from '../contract/visit-matters'
import type { Bus } from '../platform/bus'
import type { Tx } from '../platform/db'
import { tellOfVisit } from './visit-notices'

/** Writes how the recording of a visit locked by the caller stands, and tells its pages. */
export async function setRecordingState(
  tx: Tx,
  { visit, state, bus }: { visit: Pick<VisitRow, 'id' | 'branch_id'>; state: RecordingState; bus: Bus },
): Promise<void> {
  await tx.updateTable('visit').set({ recording_state: state }).where('id', '=', visit.id).execute()
  await tellOfVisit(tx, bus, { id: visit.id, branchId: visit.branch_id })
}

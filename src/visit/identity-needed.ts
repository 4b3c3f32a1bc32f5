import type { VisitRow } from '../booking/visit-links'
import type { Tx } from '../platform/db'
import { currentIdentity } from './settlement-store'

/** The recording must go on while something is decided that needs it. */
export const recordingHolds = ({ recording_state: state }: Pick<VisitRow, 'recording_state'>): boolean =>
  state !== 'starting' && state !== 'interrupted'

/** Why the client's individual matters cannot be dealt with now; undefined when they can. */
export async function identityObstacle(
  tx: Tx,
  visit: VisitRow,
): Promise<'recording_interrupted' | 'identity_needed' | undefined> {
  if (!recordingHolds(visit)) return 'recording_interrupted'
  const identity = await currentIdentity(tx, visit.id)
  return identity?.result === 'confirmed' ? undefined : 'identity_needed'
}

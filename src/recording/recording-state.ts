import { sql } from 'kysely'
import type { RecordingState } from '../contract/visit-matters'
import type { Bus } from '../platform/bus'
import type { Tx } from '../platform/db'
import { tellOfVisit } from '../visit/visit-notices'

/** From which states a recording may come into one; whoever is in another is left there. */
const before = {
  on: ['starting', 'interrupted', 'paused', 'unrecorded'],
  paused: ['starting', 'interrupted', 'on', 'unrecorded'],
  interrupted: ['starting', 'on', 'paused'],
} as const satisfies Partial<Record<RecordingState, readonly RecordingState[]>>

/** Says of visits in progress how their recording stands now, and tells everybody who looks at them. */
export async function setRecordingState(
  tx: Tx,
  { visitIds, state, bus }: { visitIds: readonly string[]; state: keyof typeof before; bus: Bus },
): Promise<void> {
  if (visitIds.length === 0) return
  const changed = await tx
    .updateTable('visit')
    .set({ recording_state: state })
    .where('id', 'in', visitIds)
    .where('state', '=', 'in_progress')
    .where('recording_state', 'in', before[state])
    .returning(['id', 'branch_id as branchId'])
    .execute()
  for (const visit of changed) await tellOfVisit(tx, bus, visit)
}

/** Nothing became durable for so long: the recording is interrupted. */
export const withoutAckMilliseconds = 3000
/** Between calling in and the first batch a page is loaded and a camera started. */
const startingMilliseconds = 10_000

/** Visits in progress whose recording should go on, of which nothing became durable any more; of all processes. */
export async function silentVisits(tx: Tx, now: Date): Promise<string[]> {
  const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds)
  const { rows } = await sql<{ id: string }>`
    select visit.id from visit left join recording on recording.visit_id = visit.id
    where visit.state = 'in_progress' and (
      (visit.recording_state in ('on', 'paused')
        and coalesce(recording.acked_at, visit.started_at) < ${ago(withoutAckMilliseconds)})
      or (visit.recording_state = 'starting'
        and visit.started_at < ${ago(startingMilliseconds)}
        and coalesce(recording.acked_at, visit.started_at) < ${ago(withoutAckMilliseconds)}))`.execute(tx)
  return rows.map(({ id }) => id)
}

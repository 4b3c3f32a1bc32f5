import { earlyEndReasons, type EarlyEndReason } from '../contract/visit-state'
import type { Db } from '../platform/db'

export interface EarlyEnds {
  reason: EarlyEndReason
  visits: number
}

/** How often visits of the branch that began in this time ended early, and why; the commonest reason first. */
export async function countEarlyEnds(
  db: Db,
  { branchId, from, to }: { branchId: number; from: Date; to: Date },
): Promise<EarlyEnds[]> {
  const rows = await db
    .selectFrom('visit')
    .select(({ fn }) => ['state_reason as reason', fn.countAll<string>().as('visits')])
    .where('branch_id', '=', branchId)
    .where('state', '=', 'ended_early')
    .where('starts_at', '>=', from)
    .where('starts_at', '<', to)
    .groupBy('state_reason')
    .execute()
  const counts = new Map(rows.map(({ reason, visits }) => [reason, Number(visits)]))
  return earlyEndReasons
    .flatMap((reason) => ({ reason, visits: counts.get(reason) ?? 0 }))
    .filter(({ visits }) => visits > 0)
    .sort((one, other) => other.visits - one.visits)
}

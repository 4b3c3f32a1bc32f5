import type { Db } from '../platform/db'

/** How often visits of a branch ended early for each reason, between two instants. */
export async function countEndReasons(
  db: Db,
  { branchId, from, to }: { branchId: number; from: Date; to: Date },
): Promise<{ reason: string; count: number }[]> {
  const rows = await db
    .selectFrom('visit')
    .select((eb) => ['state_reason as reason', eb.fn.countAll<number>().as('count')])
    .where('branch_id', '=', branchId)
    .where('state', '=', 'ended_early')
    .where('starts_at', '>=', from)
    .where('starts_at', '<', to)
    .groupBy('state_reason')
    .orderBy('count', 'desc')
    .execute()
  return rows.map(({ reason, count }) => ({ reason: reason ?? '', count }))
}

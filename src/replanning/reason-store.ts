import { sql } from 'kysely'
import type { VisitRow } from '../booking/visit-links'
import type { Tx } from '../platform/db'

/**
 * Code of the reason that the client is told: one desk's closure is somebody's absence, every other one is that of the
 * branch. Undefined when the schedule was changed otherwise. `visit` is on the seat that it lost.
 */
export async function readReason(
  tx: Tx,
  visit: VisitRow,
  timeZone: string,
): Promise<'absence' | 'closure' | undefined> {
  const { rows } = await sql<{ reason: 'absence' | 'closure' }>`
    select case when closure.desk_id is null then 'closure' else 'absence' end as reason
    from seat join closure
      on (closure.branch_id is null or closure.branch_id = seat.branch_id)
        and (closure.desk_id is null or closure.desk_id = seat.desk_id)
        and (seat.starts_at at time zone ${timeZone})::date between first_day and last_day
        and (starts is null
          or (starts < (seat.ends_at at time zone ${timeZone})::time and ends > (seat.starts_at at time zone ${timeZone})::time))
    where seat.id = ${visit.seat_id} and seat.withdrawn_at is not null
    order by closure.desk_id nulls first
    limit 1`.execute(tx)
  return rows[0]?.reason
}

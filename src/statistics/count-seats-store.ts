import { sql } from 'kysely'
import type { Tx } from '../platform/db'
import type { Day } from '../platform/zone'
import { type BranchDay, unnested } from './count-visits-store'

/** Counts the seats of these branches and days, and replaces what was counted before. */
export async function recountSeatsOf(tx: Tx, days: readonly BranchDay[], timeZone: string): Promise<void> {
  await sql`
    delete from seat_count using ${unnested(days)}
    where seat_count.branch_id = changed.branch_id and seat_count.day = changed.day`.execute(tx)
  await sql`
    insert into seat_count (branch_id, day, hour, offered, taken)
    select changed.branch_id, changed.day, seat.hour, count(*), count(*) filter (where seat.state = 'booked')
    from ${unnested(days)}
      join desk on desk.branch_id = changed.branch_id
      -- Offset 0: one look into the index for each desk and day
      cross join lateral (
        select state, extract(hour from starts_at at time zone ${timeZone}::text)::int as hour from seat
        where seat.desk_id = desk.id and seat.withdrawn_at is null
          and seat.starts_at >= changed.day::timestamp at time zone ${timeZone}::text
          and seat.starts_at < (changed.day + 1)::timestamp at time zone ${timeZone}::text
        offset 0
      ) as seat
    group by grouping sets ((changed.branch_id, changed.day, seat.hour), (changed.branch_id, changed.day))`.execute(
    tx,
  )
}

/** Adds up the seats of all branches on these days. */
export async function addUpSeats(tx: Tx, days: readonly Day[]): Promise<void> {
  await sql`delete from seat_count where branch_id is null and day = any(${[...days]}::date[])`.execute(tx)
  await sql`
    insert into seat_count (branch_id, day, hour, offered, taken)
    select null, day, hour, sum(offered), sum(taken)
    from seat_count where branch_id is not null and day = any(${[...days]}::date[])
    group by day, hour`.execute(tx)
}

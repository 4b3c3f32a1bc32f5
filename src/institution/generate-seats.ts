import { sql } from 'kysely'
import { type Db, inTransaction, type Tx } from '../platform/db'
import { addDays, type Day } from '../platform/zone'
import { isPublicHoliday } from './holidays'
import { type DeskWindow, opensOn, type PlannedSeat, seatsOf } from './seat-plan'

/** A fixed number that only this file uses as an advisory lock. */
const generationLock = 7_305_101

/**
 * Adds the seats that are still missing on `days` days from `from` on, for all active desks; seats that exist,
 * free or not, stay as they are, and none is made that would overlap one. Closures and public holidays are
 * left out, and so is what lies before `now`. Running it again, or twice at once, adds nothing.
 * @returns the number of seats added
 */
export async function generateSeats(
  db: Db,
  { from, days, now, timeZone }: { from: Day; days: number; now: Date; timeZone: string },
): Promise<number> {
  const horizon = Array.from({ length: days }, (_, n) => addDays(from, n))
  return inTransaction(db, async (tx) => {
    // Two at once would wait for each other's rows in the exclusion constraint; one after the other is faster
    await sql`select pg_advisory_xact_lock(${generationLock})`.execute(tx)
    const windows = await readWindows(tx)
    const isClosed = await readClosures(tx, from, addDays(from, days - 1))
    const plan = horizon.flatMap((day) => {
      const isHoliday = isPublicHoliday(day)
      return windows
        .filter((window) => opensOn(window, day, isHoliday) && !isClosed(window.branchId, day))
        .map((window) => ({ deskId: window.deskId, seats: seatsOf(window, day, timeZone) }))
    })
    return insertSeats(tx, plan, now)
  })
}

async function readWindows(tx: Tx): Promise<DeskWindow[]> {
  const rows = await tx
    .selectFrom('desk_window')
    .innerJoin('desk', 'desk.id', 'desk_window.desk_id')
    .innerJoin('branch', 'branch.id', 'desk.branch_id')
    .selectAll('desk_window')
    .select('desk.branch_id')
    .where('desk.active', '=', true)
    .where('branch.active', '=', true)
    .orderBy('desk_window.desk_id')
    .orderBy('desk_window.opens')
    .execute()
  return rows.map((row) => ({
    deskId: row.desk_id,
    branchId: row.branch_id,
    weekday: row.weekday,
    opens: row.opens.slice(0, 5),
    closes: row.closes.slice(0, 5),
    breaks: row.breaks as [string, string][],
    visitMinutes: row.visit_minutes,
    bufferMinutes: row.buffer_minutes,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    onHolidays: row.on_holidays,
  }))
}

async function readClosures(tx: Tx, first: Day, last: Day): Promise<(branchId: number, day: Day) => boolean> {
  const rows = await tx
    .selectFrom('closure')
    .select(['branch_id', 'day'])
    .where('day', '>=', first)
    .where('day', '<=', last)
    .execute()
  const closed = new Set(rows.map(({ branch_id, day }) => `${branch_id ?? 'all'} ${day}`))
  return (branchId, day) => closed.has(`all ${day}`) || closed.has(`${branchId} ${day}`)
}

async function insertSeats(
  tx: Tx,
  plan: readonly { deskId: number; seats: readonly PlannedSeat[] }[],
  now: Date,
): Promise<number> {
  const rows = plan.flatMap(({ deskId, seats }) => seats.map((seat) => ({ deskId, ...seat })))
  const ahead = rows.filter(({ startsAt }) => startsAt > now)
  // Instants travel as whole seconds: a driver formats 65,000 numbers much faster than as many dates
  const seconds = (instant: Date) => instant.getTime() / 1000
  const { numAffectedRows } = await sql`
    insert into seat (desk_id, branch_id, starts_at, ends_at)
    select planned.desk_id, desk.branch_id, to_timestamp(planned.starts), to_timestamp(planned.ends)
    from unnest(
        ${ahead.map(({ deskId }) => deskId)}::int[],
        ${ahead.map(({ startsAt }) => seconds(startsAt))}::bigint[],
        ${ahead.map(({ endsAt }) => seconds(endsAt))}::bigint[]
      ) as planned(desk_id, starts, ends)
      join desk on desk.id = planned.desk_id
    where not exists (select from seat
      where seat.desk_id = planned.desk_id and seat.starts_at = to_timestamp(planned.starts))
    on conflict do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

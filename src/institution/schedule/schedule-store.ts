import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../platform/db'
import type { TouchedVisit } from './change-effect'
import type { ExistingSeat } from './compare-seats'
import type { EditedWindow } from './edit-windows'
import type { Closure, Desk, Schedule } from './schedule'

/** A fixed number that only this file uses as an advisory lock. */
const scheduleLock = 7_305_101

/**
 * Lets changes of the schedule and the making of seats happen one after the other until the transaction ends: two
 * at once would wait for each other's rows in the exclusion constraint.
 */
export async function lockSchedule(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${scheduleLock})`.execute(tx)
}

/** Which desks: all, those of a branch, or one. */
export interface DeskScope {
  branchId: number | null
  deskId: number | null
}

type StoredWindow = EditedWindow & { id: number }
interface StoredDesk extends Desk {
  windows: StoredWindow[]
}
interface StoredSchedule extends Schedule {
  desks: StoredDesk[]
}

const time = (text: string): string => text.slice(0, 5)

/** The desks of the scope with all their windows, and every closure. */
export async function readSchedule(
  db: DbOrTx,
  { branchId, deskId }: DeskScope,
  timeZone: string,
): Promise<StoredSchedule> {
  const desks = await db
    .selectFrom('desk')
    .innerJoin('branch', 'branch.id', 'desk.branch_id')
    .select(['desk.id', 'desk.branch_id', 'desk.active', 'branch.active as branch_active'])
    .$if(branchId !== null, (query) => query.where('desk.branch_id', '=', branchId))
    .$if(deskId !== null, (query) => query.where('desk.id', '=', deskId))
    .orderBy('desk.id')
    .execute()
  const windows = await readWindows(db, { branchId, deskId })
  const closures = await readClosures(db)
  return {
    timeZone,
    closures,
    desks: desks.map(({ id, branch_id, active, branch_active }) => ({
      id,
      branchId: branch_id,
      active: active && branch_active,
      windows: windows.get(id) ?? [],
    })),
  }
}

async function readWindows(
  db: DbOrTx,
  { branchId, deskId }: DeskScope,
): Promise<Map<number, StoredWindow[]>> {
  const rows = await db
    .selectFrom('desk_window')
    .innerJoin('desk', 'desk.id', 'desk_window.desk_id')
    .selectAll('desk_window')
    .select('desk.branch_id')
    .$if(branchId !== null, (query) => query.where('desk.branch_id', '=', branchId))
    .$if(deskId !== null, (query) => query.where('desk.id', '=', deskId))
    .orderBy('desk_window.weekday')
    .orderBy('desk_window.opens')
    .orderBy('desk_window.valid_from')
    .execute()
  const byDesk = new Map<number, StoredWindow[]>()
  for (const row of rows) {
    const window = {
      id: row.id,
      deskId: row.desk_id,
      branchId: row.branch_id,
      weekday: row.weekday,
      opens: time(row.opens),
      closes: time(row.closes),
      breaks: row.breaks as [string, string][],
      visitMinutes: row.visit_minutes,
      bufferMinutes: row.buffer_minutes,
      validFrom: row.valid_from,
      validTo: row.valid_to,
      onHolidays: row.on_holidays,
    }
    const ofDesk = byDesk.get(row.desk_id)
    if (ofDesk) ofDesk.push(window)
    else byDesk.set(row.desk_id, [window])
  }
  return byDesk
}

export type StoredClosure = Closure & { id: number; reason: string }

export async function readClosures(db: DbOrTx): Promise<StoredClosure[]> {
  const rows = await db.selectFrom('closure').selectAll().orderBy('first_day').orderBy('id').execute()
  return rows.map((row) => ({
    id: row.id,
    branchId: row.branch_id,
    deskId: row.desk_id,
    firstDay: row.first_day,
    lastDay: row.last_day,
    hours: row.starts === null || row.ends === null ? null : [time(row.starts), time(row.ends)],
    reason: row.reason,
  }))
}

/** Writes the windows of a desk down: those that are no longer among them go, those without an id come. */
export async function writeWindows(
  tx: Tx,
  before: readonly StoredWindow[],
  after: readonly EditedWindow[],
): Promise<void> {
  const kept = new Set(after.map(({ id }) => id))
  const gone = before.filter(({ id }) => !kept.has(id)).map(({ id }) => id)
  if (gone.length > 0) await tx.deleteFrom('desk_window').where('id', 'in', gone).execute()
  const added = after.filter(({ id }) => id === undefined)
  if (added.length === 0) return
  await tx
    .insertInto('desk_window')
    .values(
      added.map((window) => ({
        desk_id: window.deskId,
        weekday: window.weekday,
        opens: window.opens,
        closes: window.closes,
        breaks: JSON.stringify(window.breaks),
        visit_minutes: window.visitMinutes,
        buffer_minutes: window.bufferMinutes,
        valid_from: window.validFrom,
        valid_to: window.validTo,
        on_holidays: window.onHolidays,
      })),
    )
    .execute()
}

/** Which seats: of the desks, that begin after `after` and, unless `until` is null, before it. */
export interface SeatScope extends DeskScope {
  after: Date
  from: Date
  until: Date | null
}

/** The seats of the scope; a hold that ran out holds nothing. */
export async function readSeats(
  db: DbOrTx,
  { branchId, deskId, after, from, until }: SeatScope,
): Promise<ExistingSeat[]> {
  const rows = await db
    .selectFrom('seat')
    .innerJoin('desk', 'desk.id', 'seat.desk_id')
    .select(['seat.id', 'seat.desk_id', 'seat.branch_id', 'seat.starts_at', 'seat.ends_at'])
    .select([stateAt(after).as('state'), sql<boolean>`seat.withdrawn_at is not null`.as('is_withdrawn')])
    .where('seat.starts_at', '>', after)
    .where('seat.starts_at', '>=', from)
    .$if(until !== null, (query) => query.where('seat.starts_at', '<', until))
    .$if(branchId !== null, (query) => query.where('desk.branch_id', '=', branchId))
    .$if(deskId !== null, (query) => query.where('desk.id', '=', deskId))
    .orderBy('seat.desk_id')
    .orderBy('seat.starts_at')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    deskId: row.desk_id,
    branchId: row.branch_id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    state: row.state,
    isWithdrawn: row.is_withdrawn,
  }))
}

const stateAt = (now: Date) => sql<ExistingSeat['state']>`case
  when seat.state = 'held' and seat.held_until <= ${now} then 'free' else seat.state end`

/**
 * Locks the seats and reads their states anew. Only those that are about to change: whoever claims another seat
 * of the desk meanwhile is not kept from it, and who claims one of these is told that it is taken.
 */
export async function lockSeats(
  tx: Tx,
  ids: readonly number[],
  now: Date,
): Promise<Map<number, ExistingSeat['state']>> {
  const { rows } = await sql<{ id: number; state: ExistingSeat['state'] }>`
    select id, ${stateAt(now)} as state from seat where id = any(${ids}::bigint[]) order by id for update`.execute(
    tx,
  )
  return new Map(rows.map(({ id, state }) => [id, state]))
}

/**
 * Deletes free seats. One that a cancelled visit or a hold still refers to stays for their sake, withdrawn: it
 * is never offered again and takes no time from others.
 */
export async function removeSeats(tx: Tx, ids: readonly number[], now: Date): Promise<void> {
  await sql`
    delete from seat where id = any(${ids}::bigint[])
      and not exists (select from visit where visit.seat_id = seat.id)
      and not exists (select from hold where hold.seat_id = seat.id)`.execute(tx)
  await sql`
    update seat set withdrawn_at = ${now}, state = 'free', hold_id = null, held_until = null
    where id = any(${ids}::bigint[])`.execute(tx)
}

/** Withdraws seats at `at`, or brings them back with null. */
export async function setWithdrawn(tx: Tx, ids: readonly number[], at: Date | null): Promise<void> {
  await sql`update seat set withdrawn_at = ${at} where id = any(${ids}::bigint[])`.execute(tx)
}

/** @returns the number of seats added; one that would overlap another is left out */
export async function insertSeats(
  tx: Tx,
  seats: readonly { deskId: number; branchId: number; startsAt: Date; endsAt: Date }[],
  claimableFrom: Date | null = null,
): Promise<number> {
  // Instants travel as whole seconds: a driver formats 65,000 numbers much faster than as many dates
  const seconds = (instant: Date) => instant.getTime() / 1000
  const { numAffectedRows } = await sql`
    insert into seat (desk_id, branch_id, starts_at, ends_at, claimable_from)
    select desk_id, branch_id, to_timestamp(starts), to_timestamp(ends), ${claimableFrom}::timestamptz
    from unnest(
        ${seats.map(({ deskId }) => deskId)}::int[],
        ${seats.map(({ branchId }) => branchId)}::int[],
        ${seats.map(({ startsAt }) => seconds(startsAt))}::bigint[],
        ${seats.map(({ endsAt }) => seconds(endsAt))}::bigint[]
      ) as wanted(desk_id, branch_id, starts, ends)
    where not exists (select from seat
      where seat.desk_id = wanted.desk_id and seat.starts_at = to_timestamp(wanted.starts)
        and (seat.withdrawn_at is null or seat.state <> 'free'))
    on conflict do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Days of the horizon counted from today, the last one for which there are to be seats, and whose days they are. */
export async function readHorizon(db: DbOrTx): Promise<{ horizonDays: number; timeZone: string }> {
  const { rows } = await sql<{ horizonDays: number; timeZone: string }>`
    select (settings ->> 'horizonDays')::int as "horizonDays", time_zone as "timeZone" from institution`.execute(
    db,
  )
  if (!rows[0]) throw new Error('The database holds no institution')
  return rows[0]
}

/** The visits on these booked seats, in order of time. */
export async function readVisitsOn(db: DbOrTx, seatIds: readonly number[]): Promise<TouchedVisit[]> {
  const { rows } = await sql<TouchedVisit>`
    select visit.id, visit.number, visit.branch_id as "branchId", visit.topic_id as "topicId",
      desk.name as "deskName", visit.starts_at as "startsAt"
    from visit join seat on seat.id = visit.seat_id join desk on desk.id = seat.desk_id
    where visit.seat_id = any(${seatIds}::bigint[]) and visit.state <> 'cancelled'
    order by visit.starts_at, visit.id`.execute(db)
  return rows
}

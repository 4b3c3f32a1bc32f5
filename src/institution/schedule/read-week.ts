import { sql } from 'kysely'
import type { Db } from '../../platform/db'
import { addDays, type Day, dayOf, instantAt, weekday } from '../../platform/zone'
import { isPublicHoliday, publicHolidayName } from '../holidays'
import { opensOn } from '../seat-plan'
import type { EditedWindow } from './edit-windows'
import { readClosures, readSchedule, type StoredClosure } from './schedule-store'

export interface WeekSeat {
  startsAt: Date
  /** Booked or held. */
  isTaken: boolean
  /** Booked, but the schedule has no such time any more. */
  isWithdrawn: boolean
}

export type WeekWindow = EditedWindow & { id: number }

/** A desk on one day: its hours then, what is closed of them, and its seats in order. */
export interface WeekCell {
  day: Day
  windows: WeekWindow[]
  closures: StoredClosure[]
  seats: WeekSeat[]
}

export interface WeekDesk {
  id: number
  name: string
  active: boolean
  topicIds: number[]
  /** All its hours, also of other weeks. */
  windows: WeekWindow[]
  cells: WeekCell[]
}

export interface WeekDay {
  day: Day
  /** Why everybody is off the whole day: a closure's reason or a holiday's name. */
  closed: string | null
  isHoliday: boolean
}

export interface Week {
  days: WeekDay[]
  desks: WeekDesk[]
}

/** Everything that is to be seen of a branch's week; the weekend only when a desk has hours or seats on it. */
export async function readWeek(
  db: Db,
  { branchId, monday, timeZone, now }: { branchId: number; monday: Day; timeZone: string; now: Date },
): Promise<Week> {
  const days = Array.from({ length: 7 }, (_, n) => addDays(monday, n))
  const schedule = await readSchedule(db, { branchId, deskId: null }, timeZone)
  const closures = (await readClosures(db)).filter(
    (one) => one.branchId === null || one.branchId === branchId,
  )
  const desks = await readDesks(db, branchId)
  const seats = await readSeats(db, { branchId, days, timeZone, now })
  const week = days.map((day) => ({
    day,
    closed: closedReason(closures, day),
    isHoliday: isPublicHoliday(day),
  }))
  const rows = desks.map((desk): WeekDesk => {
    const windows = schedule.desks.find(({ id }) => id === desk.id)?.windows ?? []
    return {
      ...desk,
      windows,
      cells: week.map(({ day, isHoliday }) => ({
        day,
        windows: windows.filter((window) => opensOn(window, day, isHoliday)),
        closures: closures.filter((one) => isOn(one, day) && (one.deskId === desk.id || one.deskId === null)),
        seats: seats.get(`${desk.id} ${day}`) ?? [],
      })),
    }
  })
  const isUsed = (n: number) =>
    rows.some(({ cells }) => (cells[n]?.windows.length ?? 0) + (cells[n]?.seats.length ?? 0) > 0)
  const isShown = (n: number) => weekday(days[n] ?? monday) < 6 || isUsed(n)
  return {
    days: week.filter((_, n) => isShown(n)),
    desks: rows.map((desk) => ({ ...desk, cells: desk.cells.filter((_, n) => isShown(n)) })),
  }
}

const isOn = ({ firstDay, lastDay }: StoredClosure, day: Day) => firstDay <= day && day <= lastDay

const closedReason = (closures: readonly StoredClosure[], day: Day): string | null =>
  closures.find((one) => isOn(one, day) && one.deskId === null && one.hours === null)?.reason ??
  publicHolidayName(day) ??
  null

async function readDesks(db: Db, branchId: number) {
  const { rows } = await sql<{ id: number; name: string; active: boolean; topicIds: number[] }>`
    select id, name, active,
      array(select topic_id from desk_topic where desk_id = desk.id order by topic_id) as "topicIds"
    from desk where branch_id = ${branchId}
    order by active desc, name collate "C", id`.execute(db)
  return rows
}

async function readSeats(
  db: Db,
  { branchId, days, timeZone, now }: { branchId: number; days: Day[]; timeZone: string; now: Date },
): Promise<Map<string, WeekSeat[]>> {
  const from = instantAt(days[0] ?? '', '00:00', timeZone)
  const to = instantAt(days.at(-1) ?? '', '24:00', timeZone)
  const { rows } = await sql<WeekSeat & { deskId: number }>`
    select seat.desk_id as "deskId", seat.starts_at as "startsAt",
      seat.state = 'booked' or (seat.state = 'held' and seat.held_until > ${now}) as "isTaken",
      seat.withdrawn_at is not null and seat.state = 'booked' as "isWithdrawn"
    from desk join seat on seat.desk_id = desk.id and seat.starts_at >= ${from} and seat.starts_at < ${to}
    where desk.branch_id = ${branchId} and (seat.withdrawn_at is null or seat.state = 'booked' or (seat.state = 'held' and seat.held_until > ${now}))
    order by seat.starts_at`.execute(db)
  const byCell = new Map<string, WeekSeat[]>()
  for (const { deskId, ...seat } of rows) {
    const cell = `${deskId} ${dayOf(seat.startsAt, timeZone)}`
    const there = byCell.get(cell)
    if (there) there.push(seat)
    else byCell.set(cell, [seat])
  }
  return byCell
}

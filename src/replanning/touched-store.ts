import { sql } from 'kysely'
import { activeStates } from '../contract/visit-state'
import { claimable } from '../booking/seat-store'
import type { DbOrTx } from '../platform/db'
import type { FreeSeat, VisitToPlace } from './propose-seats'

/** A booked visit ahead whose desk is not there at its time, or whose client was asked to choose another. */
export interface TouchedVisit extends VisitToPlace {
  number: string
  deskName: string
  /** Sealed. */
  client: Buffer
  seatId: number
  /** False when the desk is back: the visit could stay, if its client had not been asked. */
  isWithdrawn: boolean
  /** Until when the client may choose; null when nobody asked. */
  chooseUntil: Date | null
}

/** The touched visits of these branches: their ids. Two indexes, instead of all visits ahead. */
const touchedIds = (branchIds: readonly number[], now: Date) => sql`
  select visit.id from seat join visit on visit.seat_id = seat.id and visit.state = 'booked'
  where seat.branch_id = any(${branchIds}::int[]) and seat.withdrawn_at is not null and seat.starts_at > ${now}
  union
  select id from visit
  where branch_id = any(${branchIds}::int[]) and choose_until is not null and state = 'booked'
    and starts_at > ${now}`

/** The touched visits of a branch by time, at most `limit`. */
export async function readTouched(
  db: DbOrTx,
  { branchId, now, limit }: { branchId: number; now: Date; limit: number },
): Promise<TouchedVisit[]> {
  const { rows } = await sql<Omit<TouchedVisit, 'people'> & { phone: string; email: string }>`
    select visit.id, visit.number, visit.topic_id as "topicId", visit.starts_at as "startsAt",
      visit.ends_at as "endsAt", visit.client, desk.name as "deskName", seat.id as "seatId",
      seat.withdrawn_at is not null as "isWithdrawn", visit.choose_until as "chooseUntil",
      encode(visit.phone_hash, 'base64') as phone, encode(visit.email_hash, 'base64') as email
    from visit join seat on seat.id = visit.seat_id join desk on desk.id = seat.desk_id
    where visit.id in (${touchedIds([branchId], now)})
    order by visit.starts_at, visit.id
    limit ${limit}`.execute(db)
  return rows.map(({ phone, email, ...visit }) => ({ ...visit, people: [phone, email] }))
}

export interface TouchedCount {
  /** They wait for a decision of the branch. */
  toDecide: number
  /** Their clients may still choose. */
  choosing: number
}

/** How many touched visits the branches have; those without any are left out. */
export async function countTouched(
  db: DbOrTx,
  { branchIds, now }: { branchIds: readonly number[]; now: Date },
): Promise<Map<number, TouchedCount>> {
  const { rows } = await sql<TouchedCount & { branchId: number }>`
    select branch_id as "branchId",
      (count(*) filter (where choose_until is null or choose_until <= ${now}))::int as "toDecide",
      (count(*) filter (where choose_until > ${now}))::int as choosing
    from visit where id in (${touchedIds(branchIds, now)})
    group by branch_id`.execute(db)
  return new Map(rows.map(({ branchId, ...count }) => [branchId, count]))
}

/** The seats of a branch that can be claimed, with the active topics of their desks. */
export async function readFreeSeats(
  db: DbOrTx,
  { branchId, now, until }: { branchId: number; now: Date; until: Date },
): Promise<(FreeSeat & { deskName: string })[]> {
  const { rows } = await sql<FreeSeat & { deskName: string }>`
    select seat.id, seat.starts_at as "startsAt", seat.ends_at as "endsAt", desk.id as "deskId",
      desk.name as "deskName", served.ids as "topicIds"
    from desk
      cross join lateral (
        select array_agg(topic.id) as ids from desk_topic join topic on topic.id = topic_id and topic.active
        where desk_id = desk.id
      ) as served
      join seat on seat.desk_id = desk.id and seat.starts_at > ${now} and seat.starts_at < ${until}
    where desk.branch_id = ${branchId} and desk.active and served.ids is not null
      and (select active from branch where id = ${branchId}) and ${claimable(now)}`.execute(db)
  return rows
}

/** What else the people of these visits have booked, at any branch. */
export async function readOtherVisits(
  db: DbOrTx,
  visits: readonly TouchedVisit[],
): Promise<{ startsAt: Date; endsAt: Date; people: string[] }[]> {
  const ids = visits.map(({ id }) => id)
  const { rows } = await sql<{ startsAt: Date; endsAt: Date; people: string[] }>`
    select other.starts_at as "startsAt", other.ends_at as "endsAt",
      array[encode(other.phone_hash, 'base64'), encode(other.email_hash, 'base64')] as people
    from visit as other
    where other.state in (${sql.join(activeStates.map((state) => sql.lit(state)))})
      and not other.id = any(${ids}::uuid[])
      and (other.phone_hash in (select phone_hash from visit where id = any(${ids}::uuid[]))
        or other.email_hash in (select email_hash from visit where id = any(${ids}::uuid[])))`.execute(db)
  return rows
}

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

/** Condition on visit and its seat: it needs a decision, now or when its client does not choose. */
const isTouched = (branchId: number, now: Date) => sql<boolean>`
  visit.branch_id = ${branchId} and visit.state = 'booked' and visit.starts_at > ${now}
  and (seat.withdrawn_at is not null or visit.choose_until is not null)`

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
    where ${isTouched(branchId, now)}
    order by visit.starts_at, visit.id
    limit ${limit}`.execute(db)
  return rows.map(({ phone, email, ...visit }) => ({ ...visit, people: [phone, email] }))
}

/** How many wait for a decision of the branch: all but those whose client may still choose. */
export async function countToDecide(
  db: DbOrTx,
  { branchId, now }: { branchId: number; now: Date },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count
    from visit join seat on seat.id = visit.seat_id
    where ${isTouched(branchId, now)} and (visit.choose_until is null or visit.choose_until <= ${now})`.execute(
    db,
  )
  return rows[0]?.count ?? 0
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

import { type RawBuilder, sql } from 'kysely'
import type { VisitStanding } from '../contract/visit-state'
import { type FreedSeat, freedSeat, offerFreedTime } from '../institution/schedule/offer-freed-time'
import { type Tx, sqlState, violatedConstraint } from '../platform/db'
import { type SeatTime, seatToClaim } from './seat-store'
import type { VisitRow } from './visit-links'

/** The visit, locked until the transaction ends: cancelling, moving and calling in never cross each other. */
export function lockVisit(tx: Tx, id: string): Promise<VisitRow | undefined> {
  return tx.selectFrom('visit').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

/**
 * Whether the database itself refused a second visit on a seat. The claims never let it come to that; should
 * a seat ever say free though it has a visit, people read that the time is taken.
 */
export const isSecondVisitOnSeat = (error: unknown): boolean =>
  sqlState(error) === '23505' && violatedConstraint(error) === 'visit_active_seat'

/**
 * Writes the end of a visit that did not begin and gives its seat back; a withdrawn one stays unclaimable, and its
 * time is offered as the schedule wants it now.
 */
export async function endAndFreeSeat(
  tx: Tx,
  visit: VisitRow,
  change: { standing: VisitStanding; claimableFrom: Date; now: Date },
): Promise<void> {
  const { standing, claimableFrom, now } = change
  const { rows } = await sql<FreedSeat>`
    with ended as (
      update visit set state = ${standing.state}, state_reason = ${standing.reason}, state_changed_at = ${now}
      where id = ${visit.id}
    )
    ${freeing(visit, claimableFrom)} returning ${freedSeat}`.execute(tx)
  await offerFreedTime(tx, rows[0], now)
}

const freeing = (visit: VisitRow, claimableFrom: Date): RawBuilder<unknown> =>
  sql`update seat set state = 'free', claimable_from = ${claimableFrom} where seat.id = ${visit.seat_id}`

/**
 * Claims a seat at the new time for the visit and frees its old one, in one statement; `rather` is the seat
 * that is wanted. The schedule version grows when there is something to tell: another time, or an answer to a
 * client who was asked to choose one.
 * @returns what the visit has become, or undefined when no seat could be claimed
 */
export async function claimAndFreeSeat(
  tx: Tx,
  visit: VisitRow,
  change: { to: SeatTime; rather?: number | null; claimableFrom: Date; now: Date },
): Promise<{ starts_at: Date; schedule_version: number } | undefined> {
  const { to, rather = null, claimableFrom, now } = change
  const { rows } = await sql<{ starts_at: Date; schedule_version: number } & FreedSeat>`
    with chosen as materialized (
      ${seatToClaim(to, now, { rather })}
    ), claimed as (
      update seat set state = 'booked', hold_id = null, held_until = null, claimable_from = null
      from chosen where seat.id = chosen.id
      returning seat.id, seat.starts_at, seat.ends_at
    ), freed as (
      ${freeing(visit, claimableFrom)} and exists (select from claimed) returning ${freedSeat}
    ), moved as (
      update visit set seat_id = claimed.id, starts_at = claimed.starts_at, ends_at = claimed.ends_at,
        schedule_version = schedule_version
          + (claimed.starts_at <> visit.starts_at or visit.choose_until is not null)::int,
        choose_until = null
      from claimed where visit.id = ${visit.id}
      returning visit.starts_at, visit.schedule_version
    )
    select moved.*, freed.* from moved cross join freed`.execute(tx)
  const [moved] = rows
  if (!moved) return undefined
  await offerFreedTime(tx, moved, now)
  return { starts_at: moved.starts_at, schedule_version: moved.schedule_version }
}

/** Writes that the client takes the consent to the recording back. */
export async function endRecordingConsent(tx: Tx, visitId: string, now: Date): Promise<void> {
  await sql`
    with withdrawn as (
      update consent set withdrawn_at = ${now}
      where visit_id = ${visitId} and kind = 'recording' and withdrawn_at is null
    )
    update visit set recording_consent = false where id = ${visitId}`.execute(tx)
}

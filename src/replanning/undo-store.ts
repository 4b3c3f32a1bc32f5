import { type RawBuilder, sql } from 'kysely'
import type { VisitStanding } from '../contract/visit-state'
import type { VisitRow } from '../booking/visit-links'
import { type FreedSeat, freedSeat, offerFreedTime } from '../institution/schedule/offer-freed-time'
import { removeSeats } from '../institution/schedule/schedule-store'
import type { Tx } from '../platform/db'
import type { Decision } from './run-store'

/** Why a change stands: its client knows of it, somebody changed the visit since, or its old seat is not to be had. */
export const staysReasons = ['told', 'changed', 'seat_gone'] as const
export type StaysReason = (typeof staysReasons)[number]

/** A decision that was carried out. */
export interface DoneDecision {
  kind: Decision['kind']
  doneAt: Date
  undoUntil: Date
  fromSeatId: number
  fromChooseUntil: Date | null
  fromVersion: number
  scheduleVersion: number
}

/** The decision about the visit, locked; undefined when it is not, or no longer, carried out. */
export async function lockDone(tx: Tx, runId: string, visitId: string): Promise<DoneDecision | undefined> {
  const { rows } = await sql<DoneDecision>`
    select kind, done_at as "doneAt", undo_until as "undoUntil", from_seat_id as "fromSeatId",
      from_choose_until as "fromChooseUntil", from_version as "fromVersion",
      schedule_version as "scheduleVersion"
    from replan_decision
    where run_id = ${runId} and visit_id = ${visitId} and state = 'done'
    for update`.execute(tx)
  return rows[0]
}

const isNobodys = (now: Date): RawBuilder<boolean> =>
  sql`(seat.state = 'free' or (seat.state = 'held' and seat.held_until <= ${now}))`

/**
 * Claims the seat that the visit had. It is kept for that: a withdrawn seat is offered to nobody, and one whose
 * desk is back can still be free. What was offered at the time of a withdrawn one meanwhile goes, unless somebody has
 * it: then the database refuses the claim.
 */
export async function reclaimSeat(tx: Tx, seatId: number, now: Date): Promise<boolean> {
  const { rows } = await sql`
    select from seat where id = ${seatId} and starts_at > ${now} and ${isNobodys(now)} for update`.execute(tx)
  if (rows.length === 0) return false
  const { rows: offered } = await sql<{ id: number }>`
    select seat.id from seat join seat as old on old.id = ${seatId}
    where seat.desk_id = old.desk_id and seat.id <> old.id and seat.withdrawn_at is null
      and seat.starts_at < old.ends_at and seat.ends_at > old.starts_at and ${isNobodys(now)}
    for update of seat`.execute(tx)
  if (offered.length > 0)
    await removeSeats(
      tx,
      offered.map(({ id }) => id),
      now,
    )
  await sql`
    update seat set state = 'booked', hold_id = null, held_until = null, claimable_from = null
    where id = ${seatId}`.execute(tx)
  return true
}

/** Puts the visit on the seat that it had; the one that it has goes back to others from `freeSeatFrom` on. */
export async function restoreVisit(
  tx: Tx,
  one: {
    visit: VisitRow
    decision: DoneDecision
    standing: VisitStanding
    version: number
    freeSeatFrom: Date | null
    now: Date
  },
): Promise<void> {
  const { visit, decision, standing, version, freeSeatFrom, now } = one
  const freed = freeSeatFrom ? await freeSeat(tx, visit.seat_id, freeSeatFrom) : undefined
  await sql`
    update visit set seat_id = seat.id, starts_at = seat.starts_at, ends_at = seat.ends_at,
      state = ${standing.state}, state_reason = ${standing.reason},
      state_changed_at = case when visit.state = ${standing.state} then state_changed_at else ${now} end,
      choose_until = ${decision.fromChooseUntil}, schedule_version = ${version}
    from seat where seat.id = ${decision.fromSeatId} and visit.id = ${visit.id}`.execute(tx)
  await offerFreedTime(tx, freed, now)
}

async function freeSeat(tx: Tx, seatId: number, claimableFrom: Date): Promise<FreedSeat | undefined> {
  const { rows } = await sql<FreedSeat>`
    update seat set state = 'free', claimable_from = ${claimableFrom} where id = ${seatId}
    returning ${freedSeat}`.execute(tx)
  return rows[0]
}

export async function writeUndone(tx: Tx, runId: string, visitId: string): Promise<void> {
  await tx
    .updateTable('replan_decision')
    .set({ state: 'undone', reason: null })
    .where('run_id', '=', runId)
    .where('visit_id', '=', visitId)
    .execute()
}

export async function writeStays(
  tx: Tx,
  { runId, visitId, reason }: { runId: string; visitId: string; reason: StaysReason },
): Promise<void> {
  await tx
    .updateTable('replan_decision')
    .set({ reason })
    .where('run_id', '=', runId)
    .where('visit_id', '=', visitId)
    .execute()
}

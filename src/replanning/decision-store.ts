import { sql } from 'kysely'
import type { VisitRow } from '../booking/visit-links'
import type { Tx } from '../platform/db'
import type { Decision } from './run-store'

/** Why a decision was not carried out: the seat is gone, the visit is no longer touched, or it is too near. */
export const refusals = ['taken', 'changed', 'too_late'] as const
export type Refusal = (typeof refusals)[number]

/** A decision that this transaction is about to carry out; the fields of a seat only for a move. */
export interface WantedDecision {
  kind: Decision['kind']
  seatId: number | null
  startsAt: Date | null
  /** Whether the desk of the visit is not there at its time. */
  isWithdrawn: boolean
}

/** What a decision that was carried out has done; the visit's schedule version is told or, if not, unchanged. */
export interface CarriedOut {
  undoUntil: Date
  scheduleVersion: number
}

/**
 * The wanted decision about the visit, locked; undefined when it was carried out or dropped, or somebody else is
 * at it right now: whoever holds the lock carries it out.
 */
export async function lockWanted(
  tx: Tx,
  runId: string,
  visitId: string,
): Promise<WantedDecision | undefined> {
  const { rows } = await sql<WantedDecision>`
    select decision.kind, decision.seat_id as "seatId", decision.starts_at as "startsAt",
      (select withdrawn_at is not null from seat join visit on visit.seat_id = seat.id
        where visit.id = decision.visit_id) as "isWithdrawn"
    from replan_decision as decision
    where run_id = ${runId} and visit_id = ${visitId} and state = 'wanted'
    for update of decision skip locked`.execute(tx)
  return rows[0]
}

/** Writes that a decision was carried out, and what it would take to undo it. `visit` is as it was before. */
export async function writeDone(
  tx: Tx,
  { runId, visit, now, done }: { runId: string; visit: VisitRow; now: Date; done: CarriedOut },
): Promise<void> {
  await tx
    .updateTable('replan_decision')
    .set({
      state: 'done',
      done_at: now,
      undo_until: done.undoUntil,
      from_seat_id: visit.seat_id,
      from_starts_at: visit.starts_at,
      from_choose_until: visit.choose_until,
      from_version: visit.schedule_version,
      schedule_version: done.scheduleVersion,
    })
    .where('run_id', '=', runId)
    .where('visit_id', '=', visit.id)
    .execute()
}

export async function writeRefused(
  tx: Tx,
  { runId, visitId, reason }: { runId: string; visitId: string; reason: Refusal },
): Promise<void> {
  await tx
    .updateTable('replan_decision')
    .set({ state: 'refused', reason })
    .where('run_id', '=', runId)
    .where('visit_id', '=', visitId)
    .where('state', '=', 'wanted')
    .execute()
}

interface ToldVersion {
  starts_at: Date
  schedule_version: number
}

/** Asks the client to choose another time until `until`. */
export function askToChoose(tx: Tx, visitId: string, until: Date): Promise<ToldVersion> {
  return setChooseUntil(tx, visitId, until)
}

/** A visit whose desk is back stands at its time; its client need not choose any more. */
export function standAgain(tx: Tx, visitId: string): Promise<ToldVersion> {
  return setChooseUntil(tx, visitId, null)
}

function setChooseUntil(tx: Tx, visitId: string, until: Date | null): Promise<ToldVersion> {
  return tx
    .updateTable('visit')
    .set({ choose_until: until, schedule_version: sql`schedule_version + 1` })
    .where('id', '=', visitId)
    .returning(['starts_at', 'schedule_version'])
    .executeTakeFirstOrThrow()
}

import { appendAudit } from '../audit/append-audit'
import { forgetOffers } from '../booking/offer-cache'
import type { VisitRow } from '../booking/visit-links'
import { isSecondVisitOnSeat, lockVisit } from '../booking/visit-store'
import { claimableAgainAt } from '../booking/seat'
import { isUntold, takeBackNews, type ToldChange } from '../message/take-back-news'
import { type Db, inTransaction, sqlState, type Tx } from '../platform/db'
import { nextState, type VisitStanding } from '../contract/visit-state'
import { may } from '../staff/may'
import type { Staff } from '../staff/staff'
import type { ReplanParts } from './replan-parts'
import { dropWanted, findRun, type Run, visitsOf } from './run-store'
import {
  type DoneDecision,
  lockDone,
  reclaimSeat,
  restoreVisit,
  type StaysReason,
  writeStays,
  writeUndone,
} from './undo-store'

/**
 * Takes back what a run did, visit by visit, as far as nobody was told of it: each goes back to the seat that it
 * had, and its messages are dropped. What cannot be taken back stays, and says why.
 */
export async function undoRun(
  db: Db,
  { runId, staff }: { runId: string; staff: Staff },
  parts: ReplanParts,
): Promise<{ ok: true; branchId: number } | { ok: false; reason: 'unknown' | 'not_allowed' }> {
  const run = await findRun(db, runId)
  if (!run) return { ok: false, reason: 'unknown' }
  if (!may(staff, 'replan', run.branchId)) return { ok: false, reason: 'not_allowed' }
  await dropWanted(db, run.id)
  for (const visitId of await visitsOf(db, run.id, 'done'))
    await undoDecision(db, { run, visitId, staff, now: parts.clock.now() }, parts)
  forgetOffers(db, run.branchId)
  parts.queue.wake()
  return { ok: true, branchId: run.branchId }
}

async function undoDecision(
  db: Db,
  one: { run: Run; visitId: string; staff: Staff; now: Date },
  parts: ReplanParts,
): Promise<void> {
  const { run, visitId, staff, now } = one
  await inTransaction(db, async (tx) => {
    const decision = await lockDone(tx, run.id, visitId)
    if (!decision) return
    const stays = await takeBack(tx, { visitId, decision, now }, parts)
    if (stays) return writeStays(tx, { runId: run.id, visitId, reason: stays })
    await writeUndone(tx, run.id, visitId)
    await appendAudit(tx, {
      at: now,
      actor: { kind: 'staff', staffId: staff.id },
      action: 'replan.undone',
      subject: { kind: 'visit', id: visitId },
      branchId: run.branchId,
      details: { run: run.id, kind: decision.kind },
    })
    await parts.bus.publish(tx, { topic: `visit:${visitId}`, body: {} })
    await parts.bus.publish(tx, { topic: `desk:${run.branchId}`, body: visitId })
  }).catch(async (error: unknown) => {
    if (!isSecondVisitOnSeat(error) && sqlState(error) !== seatsOverlap) throw error
    await inTransaction(db, (tx) => writeStays(tx, { runId: run.id, visitId, reason: 'seat_gone' }))
  })
}

/** The desk has another seat at the time of the one that the visit had. */
const seatsOverlap = '23P01'

async function takeBack(
  tx: Tx,
  { visitId, decision, now }: { visitId: string; decision: DoneDecision; now: Date },
  { settings, random }: ReplanParts,
): Promise<StaysReason | undefined> {
  const visit = await lockVisit(tx, visitId)
  const standing = visit && standingBefore(visit, decision)
  if (!standing) return 'changed'
  if (now >= decision.undoUntil) return 'told'
  const change: ToldChange = {
    visitId,
    since: decision.doneAt,
    before: decision.fromVersion,
    after: decision.scheduleVersion,
  }
  if (!(await isUntold(tx, change))) return 'told'

  const hasItsSeat = visit.seat_id === decision.fromSeatId && decision.kind !== 'cancel'
  if (!hasItsSeat && !(await reclaimSeat(tx, decision.fromSeatId, now))) return 'seat_gone'
  const isUnnoticed = decision.kind === 'move' && decision.fromVersion === decision.scheduleVersion
  const version = decision.scheduleVersion + (isUnnoticed ? 0 : 1)
  await restoreVisit(tx, {
    visit,
    decision,
    standing,
    version,
    freeSeatFrom: hasItsSeat || decision.kind === 'cancel' ? null : claimableAgainAt(now, settings, random),
    now,
  })
  await takeBackNews(tx, change, version)
  return undefined
}

/** How the visit stands once the decision is undone; undefined when somebody changed it since. */
function standingBefore(visit: VisitRow, decision: DoneDecision): VisitStanding | undefined {
  if (visit.schedule_version !== decision.scheduleVersion) return undefined
  if (decision.kind !== 'cancel')
    return visit.state === 'booked' ? { state: 'booked', reason: null } : undefined
  if (visit.state_reason !== 'institution') return undefined
  return nextState(visit.state, { type: 'cancellation_undone' })
}

import { appendAudit } from '../audit/append-audit'
import type { AuditAction } from '../audit/audit-action'
import { cancelLockedVisit } from '../booking/cancel-visit'
import { claimableAgainAt } from '../booking/seat'
import { readClient, type VisitRow } from '../booking/visit-links'
import { claimAndFreeSeat, isSecondVisitOnSeat, lockVisit } from '../booking/visit-store'
import { timeBeforeUntoldMove } from '../message/take-back-news'
import { type Db, inTransaction, type Tx } from '../platform/db'
import type { ReplanParts } from './replan-parts'
import {
  askToChoose,
  type CarriedOut,
  lockWanted,
  type Refusal,
  standAgain,
  writeDone,
  type WantedDecision,
  writeRefused,
} from './decision-store'
import { isEnoughNotice, offerUntil, type ReplanPolicy, tellAt } from './replan-policy'
import { readReason } from './reason-store'
import type { Run } from './run-store'

type Parts = ReplanParts & { policy: ReplanPolicy }
type Outcome = ({ ok: true } & CarriedOut) | { ok: false; reason: Refusal }
/** What a decision is carried out on. */
interface Case {
  run: Run
  visit: VisitRow
  decision: WantedDecision
  now: Date
}

/** Carries out what was decided about one visit, if nobody else does or did. */
export async function carryOutDecision(
  db: Db,
  { run, visitId, now }: { run: Run; visitId: string; now: Date },
  parts: Parts,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const decision = await lockWanted(tx, run.id, visitId)
    const visit = decision && (await lockVisit(tx, visitId))
    if (!visit) return
    const outcome = await carryOut(tx, { run, visit, decision, now }, parts)
    if (!outcome.ok) return writeRefused(tx, { runId: run.id, visitId, reason: outcome.reason })
    await writeDone(tx, { runId: run.id, visit, now, done: outcome })
    await appendAudit(tx, {
      at: now,
      actor: { kind: 'staff', staffId: run.staffId },
      action: actions[decision.kind],
      subject: { kind: 'visit', id: visitId },
      branchId: run.branchId,
      details: { run: run.id },
    })
    await parts.bus.publish(tx, { topic: `visit:${visitId}`, body: {} })
    await parts.bus.publish(tx, { topic: `desk:${run.branchId}`, body: visitId })
  }).catch(async (error: unknown) => {
    if (!isSecondVisitOnSeat(error)) throw error
    await inTransaction(db, (tx) => writeRefused(tx, { runId: run.id, visitId, reason: 'taken' }))
  })
}

const actions: Record<WantedDecision['kind'], AuditAction> = {
  move: 'replan.moved',
  offer: 'replan.offered',
  cancel: 'replan.cancelled',
}

async function carryOut(tx: Tx, one: Case, parts: Parts): Promise<Outcome> {
  const { visit, decision, now } = one
  const isTouched = decision.isWithdrawn || visit.choose_until !== null
  if (visit.state !== 'booked' || !isTouched) return { ok: false, reason: 'changed' }
  if (visit.starts_at <= now) return { ok: false, reason: 'too_late' }
  switch (decision.kind) {
    case 'move':
      return move(tx, one, parts)
    case 'offer':
      return offer(tx, one, parts)
    case 'cancel':
      return cancel(tx, one, parts)
  }
}

async function move(tx: Tx, { visit, decision, now }: Case, parts: Parts): Promise<Outcome> {
  const { settings, timeZone, policy, queue, random } = parts
  const startsAt = decision.startsAt ?? visit.starts_at
  if (!isEnoughNotice({ from: visit.starts_at, to: startsAt, now }, policy))
    return { ok: false, reason: 'too_late' }
  const known = (await timeBeforeUntoldMove(tx, visit.id)) ?? visit.starts_at
  const keepsSeat = decision.seatId === visit.seat_id && !decision.isWithdrawn
  const moved = keepsSeat
    ? await standAgain(tx, visit.id)
    : await claimAndFreeSeat(tx, visit, {
        to: { branchId: visit.branch_id, topicId: visit.topic_id, startsAt },
        rather: decision.seatId,
        claimableFrom: claimableAgainAt(now, settings, random),
        now,
      })
  if (!moved) return { ok: false, reason: 'taken' }
  const undoUntil = tellAt({ now, times: [visit.starts_at, moved.starts_at] }, policy)
  // The same time at another desk is nothing that a client would notice
  if (moved.schedule_version !== visit.schedule_version) {
    const news = { startsAt: known, reason: await readReason(tx, visit, timeZone), tellAt: undoUntil }
    await queue.visitMoved(tx, queuedVisit({ ...visit, ...moved }, parts), news, 'institution')
  }
  return { ok: true, undoUntil, scheduleVersion: moved.schedule_version }
}

async function offer(tx: Tx, { visit, now }: Case, parts: Parts): Promise<Outcome> {
  const { policy, queue, timeZone } = parts
  const until = offerUntil({ now, startsAt: visit.starts_at }, policy)
  if (!until) return { ok: false, reason: 'too_late' }
  const undoUntil = tellAt({ now, times: [visit.starts_at] }, policy)
  const offered = await askToChoose(tx, visit.id, until)
  const news = { until, reason: await readReason(tx, visit, timeZone), tellAt: undoUntil }
  await queue.visitOffered(tx, queuedVisit({ ...visit, ...offered }, parts), news)
  return { ok: true, undoUntil, scheduleVersion: offered.schedule_version }
}

async function cancel(tx: Tx, { visit, now }: Case, parts: Parts): Promise<Outcome> {
  const { timeZone } = parts
  const undoUntil = tellAt({ now, times: [visit.starts_at] }, parts.policy)
  const reason = await readReason(tx, visit, timeZone)
  const cancelled = await cancelLockedVisit(tx, visit, {
    ...parts,
    ...{ by: 'institution', now, tellAt: undoUntil },
    ...(reason !== undefined && { reason }),
  })
  if (!cancelled.ok) return { ok: false, reason: 'changed' }
  return { ok: true, undoUntil, scheduleVersion: visit.schedule_version }
}

const queuedVisit = (visit: VisitRow, { keys }: Parts) => ({
  id: visit.id,
  startsAt: visit.starts_at,
  scheduleVersion: visit.schedule_version,
  phone: readClient(keys, visit).phone,
})

import { appendAudit } from '../audit/append-audit'
import type { InstitutionSettings } from '../institution/institution-data'
import type { MessageQueue } from '../message/queue-messages'
import type { Bus } from '../platform/bus'
import { type Db, inTransaction } from '../platform/db'
import type { Keys } from '../platform/keys'
import { forgetOffers } from './offer-cache'
import { claimableAgainAt, isWithinHorizon, type RandomUpTo } from './seat'
import { readClient } from './visit-links'
import { claimAndFreeSeat, isSecondVisitOnSeat, lockVisit } from './visit-store'

export interface Move {
  visitId: string
  /** A time of the same topic at the same branch. */
  startsAt: Date
  now: Date
  keys: Keys
  settings: InstitutionSettings
  queue: MessageQueue
  bus: Bus
  random?: RandomUpTo
}

/**
 * Moves a visit for its client, until it starts or the client waits for it: the new seat is claimed first,
 * then the old one freed with the delay; if there is no seat, all stays as it was.
 */
export async function moveVisit(
  db: Db,
  move: Move,
): Promise<
  { ok: true; startsAt: Date } | { ok: false; reason: 'taken' | 'too_late' | 'unknown' | 'same_time' }
> {
  const done = await makeMove(db, move).catch((error: unknown) => {
    if (isSecondVisitOnSeat(error)) return { ok: false, reason: 'taken' } as const
    throw error
  })
  if (!done.ok) return done
  forgetOffers(db, done.branchId)
  move.queue.wake()
  return { ok: true, startsAt: done.startsAt }
}

function makeMove(db: Db, { visitId, startsAt, now, keys, settings, queue, bus, random }: Move) {
  return inTransaction(db, async (tx) => {
    const visit = await lockVisit(tx, visitId)
    if (!visit) return { ok: false, reason: 'unknown' } as const
    if (visit.state !== 'booked' || visit.starts_at <= now) return { ok: false, reason: 'too_late' } as const
    if (visit.starts_at.getTime() === startsAt.getTime()) return { ok: false, reason: 'same_time' } as const

    const moved = isWithinHorizon(startsAt, now, settings)
      ? await claimAndFreeSeat(tx, visit, {
          to: { branchId: visit.branch_id, topicId: visit.topic_id, startsAt },
          claimableFrom: claimableAgainAt(now, settings, random),
          now,
        })
      : undefined
    if (!moved) return { ok: false, reason: 'taken' } as const

    const queued = {
      id: visit.id,
      startsAt: moved.starts_at,
      scheduleVersion: moved.schedule_version,
      phone: readClient(keys, visit).phone,
    }
    await queue.visitMoved(tx, queued, { startsAt: visit.starts_at }, 'client')
    await appendAudit(tx, {
      at: now,
      actor: { kind: 'client' },
      action: 'visit.moved',
      subject: { kind: 'visit', id: visit.id },
      branchId: visit.branch_id,
      details: { from: visit.starts_at.toISOString(), to: moved.starts_at.toISOString() },
    })
    await bus.publish(tx, { topic: `visit:${visit.id}`, body: {} })
    await bus.publish(tx, { topic: `desk:${visit.branch_id}`, body: visit.id })
    return { ok: true, startsAt: moved.starts_at, branchId: visit.branch_id } as const
  })
}

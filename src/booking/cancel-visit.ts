import { appendAudit } from '../audit/append-audit'
import type { AuditActor } from '../audit/audit-action'
import { nextState, type Party } from '../contract/visit-state'
import type { InstitutionSettings } from '../institution/institution-data'
import type { MessageQueue } from '../message/queue-messages'
import type { Bus } from '../platform/bus'
import { type Db, inTransaction, type Tx } from '../platform/db'
import type { Keys } from '../platform/keys'
import { forgetOffers } from './offer-cache'
import { claimableAgainAt, type RandomUpTo } from './seat'
import { readClient, type VisitRow } from './visit-links'
import { endAndFreeSeat, lockVisit } from './visit-store'

export interface Cancellation {
  visitId: string
  by: Party
  /** The institution's reason, told to the client: 'absence', 'technical', 'closure' or the officer's own words. */
  reason?: string
  /** When the client is told; at once unless given. */
  tellAt?: Date
  /** Who of the institution cancels; the product itself unless given. */
  actor?: AuditActor
  now: Date
  keys: Keys
  settings: InstitutionSettings
  queue: MessageQueue
  bus: Bus
  random?: RandomUpTo
}

export type Cancelled = { ok: true } | { ok: false; reason: 'already_cancelled' | 'too_late' | 'unknown' }

/**
 * Cancels a visit that has not begun; its seat returns to others after a random delay. A client can until the
 * start, the institution also later, as long as nobody was called in.
 */
export async function cancelVisit(db: Db, cancellation: Cancellation): Promise<Cancelled> {
  const { visitId, queue } = cancellation
  const done = await inTransaction(db, async (tx) => {
    const visit = await lockVisit(tx, visitId)
    if (!visit) return { ok: false, reason: 'unknown' } as const
    const cancelled = await cancelLockedVisit(tx, visit, cancellation)
    return cancelled.ok ? ({ ok: true, branchId: visit.branch_id } as const) : cancelled
  })
  if (!done.ok) return done
  forgetOffers(db, done.branchId)
  queue.wake()
  return { ok: true }
}

/**
 * The same for a visit that the caller has locked, in the caller's transaction. After the commit the caller
 * forgets the branch's offers and wakes the queue.
 */
export async function cancelLockedVisit(
  tx: Tx,
  visit: VisitRow,
  { by, reason, actor, tellAt, now, keys, settings, queue, bus, random }: Omit<Cancellation, 'visitId'>,
): Promise<Cancelled> {
  if (visit.state === 'cancelled') return { ok: false, reason: 'already_cancelled' }
  const standing = nextState(visit.state, { type: 'cancelled', by })
  const isOver = by === 'client' && visit.starts_at <= now
  if (!standing || isOver) return { ok: false, reason: 'too_late' }

  await endAndFreeSeat(tx, visit, { standing, claimableFrom: claimableAgainAt(now, settings, random), now })
  const queued = {
    id: visit.id,
    startsAt: visit.starts_at,
    scheduleVersion: visit.schedule_version,
    phone: readClient(keys, visit).phone,
  }
  await queue.visitCancelled(tx, queued, by, { reason, tellAt })
  await appendAudit(tx, {
    at: now,
    actor: by === 'client' ? { kind: 'client' } : (actor ?? { kind: 'system' }),
    action: 'visit.cancelled',
    subject: { kind: 'visit', id: visit.id },
    branchId: visit.branch_id,
  })
  await bus.publish(tx, { topic: `visit:${visit.id}`, body: {} })
  await bus.publish(tx, { topic: `desk:${visit.branch_id}`, body: visit.id })
  return { ok: true }
}

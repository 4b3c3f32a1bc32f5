import type { Party } from '../contract/visit-state'
import { lockVisit } from '../booking/visit-store'
import type { MessageQueue } from '../message/queue-messages'
import type { Bus } from '../platform/bus'
import { type Db, inTransaction } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Staff } from '../staff/staff'
import { auditVisit } from './audit-visit'
import { type Refusal, refusalFor } from './conducting'
import { presentIn } from './presence-store'
import { queuedVisit } from './queued-visit'
import { changeVisit } from './visit-change'

export interface MissedVisit {
  visitId: string
  staff: Staff
  by: Party
  now: Date
  keys: Keys
  queue: MessageQueue
  bus: Bus
}

export type Missed =
  { ok: true } | { ok: false; reason: Refusal | 'changed' | 'not_begun' | 'client_is_here' }

/** The visit did not take place; the client is told. Nobody who is waiting right now has missed anything. */
export async function markMissed(db: Db, missed: MissedVisit): Promise<Missed> {
  const { visitId, staff, by, now, keys, queue, bus } = missed
  const result = await inTransaction(db, async (tx): Promise<Missed> => {
    const visit = await lockVisit(tx, visitId)
    const refusal = refusalFor(staff, 'mark_missed', visit)
    if (refusal || !visit) return { ok: false, reason: refusal ?? 'unknown' }
    if (now < visit.starts_at) return { ok: false, reason: 'not_begun' }
    if (by === 'client') {
      const present = await presentIn(tx, visit.id, now)
      if (present.some(({ participant }) => participant === 'client'))
        return { ok: false, reason: 'client_is_here' }
    }
    if (!(await changeVisit(tx, visit, { event: { type: 'missed', by }, now, bus })))
      return { ok: false, reason: 'changed' }
    await queue.visitMissed(tx, queuedVisit(keys, visit), by)
    await auditVisit(tx, visit, { staff, action: 'visit.missed', details: { by }, now })
    return { ok: true }
  })
  if (result.ok) queue.wake()
  return result
}

import { sql } from 'kysely'
import type { Party, VisitEvent } from '../contract/visit-state'
import type { VisitRow } from '../booking/visit-links'
import type { MessageQueue } from '../message/queue-messages'
import type { Bus } from '../platform/bus'
import { type Db, type DbOrTx, inTransaction, type Tx } from '../platform/db'
import type { Keys } from '../platform/keys'
import { auditVisitBy } from './audit-visit'
import { somebodyIsPresent } from './presence-store'
import { queuedVisit } from './queued-visit'
import { changeVisit } from './visit-change'

/** Policy: how long after its end a visit is still given the benefit of the doubt. */
export interface OverduePolicy {
  waitingMinutes: number
  inProgressMinutes: number
}

export const defaultOverduePolicy: OverduePolicy = { waitingMinutes: 30, inProgressMinutes: 60 }

interface Parts {
  now: Date
  keys: Keys
  queue: MessageQueue
  bus: Bus
  policy?: OverduePolicy
}

/**
 * Says of visits that are long over what became of them: nobody came (missed by the client), nobody took the
 * waiting client (missed by the institution), nobody ended the call (ended, time over). Each in a transaction of
 * its own, so that one that cannot be closed holds up no other.
 * @returns how many were closed
 * @throws AggregateError when some could not be; the others are closed then
 */
export async function closeOverdueVisits(db: Db, parts: Parts): Promise<number> {
  const { now, policy = defaultOverduePolicy } = parts
  const failures: unknown[] = []
  let closed = 0
  for (const id of await overdue(db, now, policy)) {
    const closing = inTransaction(db, async (tx) => {
      const [visit] = await overdueRows(tx, { id, now, policy })
      return visit !== undefined && close(tx, visit, parts)
    })
    try {
      if (await closing) closed++
    } catch (error) {
      failures.push(error)
    }
  }
  if (closed > 0) parts.queue.wake()
  if (failures.length > 0) throw new AggregateError(failures, 'Some overdue visits were not closed')
  return closed
}

const mostAtOnce = 1000

const minutesBefore = (now: Date, minutes: number) => new Date(now.getTime() - minutes * 60_000)

const isOverdue = (now: Date, { waitingMinutes, inProgressMinutes }: OverduePolicy) => sql<boolean>`(
  (state = 'booked' and ends_at <= ${now})
  or (state = 'waiting' and ends_at <= ${minutesBefore(now, waitingMinutes)})
  or (state = 'in_progress' and ends_at <= ${minutesBefore(now, inProgressMinutes)}
    and not ${somebodyIsPresent(now)})
)`

async function overdue(db: DbOrTx, now: Date, policy: OverduePolicy): Promise<string[]> {
  const rows = await db
    .selectFrom('visit')
    .select('id')
    .where('state', 'in', ['booked', 'waiting', 'in_progress'])
    .where('ends_at', '<=', now)
    .where(isOverdue(now, policy))
    .orderBy('ends_at')
    .limit(mostAtOnce)
    .execute()
  return rows.map(({ id }) => id)
}

/** Locked, and looked at again: somebody may have come meanwhile. Who holds the row is doing something with it. */
const overdueRows = (tx: Tx, { id, now, policy }: { id: string; now: Date; policy: OverduePolicy }) =>
  tx
    .selectFrom('visit')
    .selectAll()
    .where('id', '=', id)
    .where(isOverdue(now, policy))
    .forUpdate()
    .skipLocked()
    .execute()

const system = { kind: 'system' } as const

async function close(tx: Tx, visit: VisitRow, { now, keys, queue, bus }: Parts): Promise<boolean> {
  if (visit.state === 'in_progress') {
    const event = { type: 'ended_early', reason: 'time_over' } as const satisfies VisitEvent
    if (!(await changeVisit(tx, visit, { event, changes: { ended_at: now }, now, bus }))) return false
    await queue.visitEnded(tx, queuedVisit(keys, visit))
    await auditVisitBy(tx, visit, system, { action: 'visit.ended', details: { how: event.reason }, now })
    return true
  }
  const by: Party = visit.state === 'booked' ? 'client' : 'institution'
  if (!(await changeVisit(tx, visit, { event: { type: 'missed', by }, now, bus }))) return false
  await queue.visitMissed(tx, queuedVisit(keys, visit), by)
  await auditVisitBy(tx, visit, system, { action: 'visit.missed', details: { by }, now })
  return true
}

import type { Party } from '../contract/visit-state'
import type { Clock } from '../platform/clock'
import type { DbOrTx } from '../platform/db'
import type { Keys } from '../platform/keys'
import { uuidV7 } from '../platform/uuid'
import { type MessageDetails, reasonDetails } from './message-details'
import {
  defaultMessagePolicy,
  type MessageKind,
  type MessagePolicy,
  obsoleteOnceMoved,
  obsoleteOnceOver,
  type PlannedMessage,
  planBooked,
  planCancelled,
  planEnded,
  planMissed,
  planMoved,
  planNumbers,
  planOffered,
} from './message-plan'
import { insertMessages, queueConfirmationAgain, queueNumbers } from './outbox-store'

/** What the outbox has to know of a visit; `phone` is E.164. */
export interface QueuedVisit {
  id: string
  startsAt: Date
  scheduleVersion: number
  phone: string
}

/** How an institution's change is told. */
export interface News {
  /** 'absence', 'technical', 'closure' or the officer's own words; only told when the institution is the cause. */
  reason?: string | undefined
  /** Nothing goes out before; at once unless given. */
  tellAt?: Date | undefined
}

/**
 * Writes messages into the outbox inside the caller's transaction, each call in one statement. Nothing
 * leaves before the commit.
 */
export interface MessageQueue {
  /** Confirmation at once and the reminders. */
  visitBooked(tx: DbOrTx, visit: QueuedVisit): Promise<void>
  /** `visit` with its new time and raised schedule version; reminders of the old time die. */
  visitMoved(tx: DbOrTx, visit: QueuedVisit, old: { startsAt: Date } & News, by: Party): Promise<void>
  visitCancelled(tx: DbOrTx, visit: QueuedVisit, by: Party, news?: News): Promise<void>
  /** `visit` with its raised schedule version: the client is to choose another time; reminders die. */
  visitOffered(tx: DbOrTx, visit: QueuedVisit, offer: { until: Date } & News): Promise<void>
  visitMissed(tx: DbOrTx, visit: QueuedVisit, by: Party): Promise<void>
  /** The summary; call it where the visit ends. */
  visitEnded(tx: DbOrTx, visit: QueuedVisit): Promise<void>
  /** The confirmation once more; nothing when one is on its way or the visit is over. */
  sendAgain(tx: DbOrTx, visitId: string): Promise<void>
  /** The numbers of the active visits of an address; nothing for an unknown one. */
  sendNumbers(tx: DbOrTx, emailHash: Buffer): Promise<void>
  /** Call after the commit: this process looks at due messages now instead of within a second. */
  wake(): void
}

interface MessageQueueParts {
  clock: Clock
  keys: Keys
  timeZone: string
  /** The dispatcher's `wake` of this process; a process without one leaves it out. */
  wake?: () => void
  /** Asked each time: the institution may change it. */
  policy?: () => MessagePolicy
}

export function createMessageQueue({
  clock,
  keys,
  timeZone,
  wake,
  policy = () => defaultMessagePolicy,
}: MessageQueueParts): MessageQueue {
  const time = (from = clock.now()) => ({ now: from, timeZone, policy: policy() })
  const caused = (visitId: string, by: Party, reason: string | undefined) => ({
    by,
    ...(by === 'institution' && reasonDetails(keys, visitId, reason)),
  })

  const insert = (
    tx: DbOrTx,
    visit: QueuedVisit,
    plan: PlannedMessage[],
    details: MessageDetails = {},
    obsolete: readonly MessageKind[] = [],
  ) => {
    const now = clock.now()
    const messages = plan.map((message) => ({ id: uuidV7(now), ...message }))
    return insertMessages(tx, { visit, messages, details, obsolete, now })
  }

  return {
    visitBooked: (tx, visit) => insert(tx, visit, planBooked(visit, time())),
    visitMoved: (tx, visit, { startsAt, reason, tellAt }, by) => {
      const details = { ...caused(visit.id, by, reason), oldStartsAt: startsAt.toISOString() }
      return insert(tx, visit, planMoved(visit, by, time(tellAt)), details, obsoleteOnceMoved)
    },
    visitCancelled: (tx, visit, by, { reason, tellAt } = {}) => {
      const plan = planCancelled(visit, by, time(tellAt))
      return insert(tx, visit, plan, caused(visit.id, by, reason), obsoleteOnceOver)
    },
    visitOffered: (tx, visit, { until, reason, tellAt }) => {
      const details = { ...caused(visit.id, 'institution', reason), until: until.toISOString() }
      return insert(tx, visit, planOffered(visit, until, time(tellAt)), details, obsoleteOnceMoved)
    },
    visitMissed: (tx, visit, by) => insert(tx, visit, planMissed(time()), { by }, obsoleteOnceOver),
    visitEnded: (tx, visit) => insert(tx, visit, planEnded(time()), {}, obsoleteOnceOver),
    sendAgain: (tx, visitId) => {
      const now = clock.now()
      const usefulMinutesAfterStart = policy().linkUsefulMinutesAfterStart
      return queueConfirmationAgain(tx, { id: uuidV7(now), visitId, now, usefulMinutesAfterStart })
    },
    sendNumbers: (tx, emailHash) => {
      const now = clock.now()
      return queueNumbers(tx, { id: uuidV7(now), emailHash, now, message: planNumbers(time()) })
    },
    wake: () => wake?.(),
  }
}

import { isActive, type VisitState } from '../contract/visit-state'
import type { Accepted, DeliveryError } from './delivery'
import { type MessageKind, obsoleteOnceMoved } from './message-plan'
import type { DueMessage, Outcome } from './outgoing-store'
import { type RetryPolicy, retrySeconds } from './retry-policy'

const wantedState: Record<MessageKind, (state: VisitState) => boolean> = {
  booked: isActive,
  reminder_sms: (state) => state === 'booked',
  reminder_email: (state) => state === 'booked',
  moved: isActive,
  moved_sms: isActive,
  offer: (state) => state === 'booked',
  offer_sms: (state) => state === 'booked',
  offer_reminder: (state) => state === 'booked',
  cancelled_by_client: (state) => state === 'cancelled',
  cancelled_by_institution: (state) => state === 'cancelled',
  cancelled_by_institution_sms: (state) => state === 'cancelled',
  missed: (state) => state === 'missed',
  ended: (state) => state === 'completed' || state === 'ended_early',
  // Lists the visits of an address: which ones, shows when it is written
  number: () => true,
}

/** Says something about one time of the visit; the others hold whatever its time. */
const tiedToTime: ReadonlySet<MessageKind> = new Set(obsoleteOnceMoved)

/** What the judgement of a message rests on. */
interface JudgedMessage extends Pick<DueMessage, 'kind' | 'scheduleVersion' | 'uselessAfter'> {
  visit: Pick<DueMessage['visit'], 'state' | 'scheduleVersion'>
}

/** Whether a claimed message is still to be sent, judged by the visit as it is now. */
export function standing(message: JudgedMessage, now: Date): 'send' | 'skipped' | 'expired' {
  const { kind, visit } = message
  if (!wantedState[kind](visit.state)) return 'skipped'
  if (tiedToTime.has(kind) && message.scheduleVersion !== visit.scheduleVersion) return 'skipped'
  return now < message.uselessAfter ? 'send' : 'expired'
}

const finished = (message: DueMessage, state: Outcome['state'], now: Date): Outcome => ({
  id: message.id,
  attempt: message.attempt,
  attempts: message.attempt,
  state,
  dueAt: null,
  providerId: null,
  error: null,
  finishedAt: now,
})

export const dropped = (message: DueMessage, state: 'skipped' | 'expired', now: Date): Outcome =>
  finished(message, state, now)

export const sent = (message: DueMessage, { providerId }: Accepted, now: Date): Outcome => ({
  ...finished(message, 'sent', now),
  providerId,
})

/**
 * After a failure: given up when trying again is pointless or was tried often enough, else due again later.
 * A failure of the provider is not the message's and does not count against it.
 */
export function failed(
  message: DueMessage,
  { message: error, permanent, outage }: DeliveryError,
  now: Date,
  policy: RetryPolicy,
  random: number,
): Outcome {
  if (permanent || (!outage && message.attempt >= policy.maxAttempts))
    return { ...finished(message, 'dead', now), error }
  const seconds = retrySeconds(policy, message.attempt, outage, random)
  return {
    ...finished(message, 'queued', now),
    attempts: outage ? message.attempt - 1 : message.attempt,
    dueAt: new Date(now.getTime() + seconds * 1000),
    error,
    finishedAt: null,
  }
}

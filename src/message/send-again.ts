import type { VisitState } from '../contract/visit-state'
import type { MessageState } from '../platform/db-types'
import { defaultMessagePolicy, type MessageKind, newsKinds } from './message-plan'
import { standing } from './outcome'

/** How often a person may have a message sent again. */
export interface SendAgainPolicy {
  /** Between two copies of one message. */
  pauseMinutes: number
  mostPerDay: number
  /** How long after it was first written news may still be sent again. */
  newsDays: number
}

export const defaultSendAgainPolicy: SendAgainPolicy = { pauseMinutes: 5, mostPerDay: 3, newsDays: 30 }

/** A message that somebody wants sent again, its visit as it is now, and what copies there are. */
export interface RepeatedMessage {
  kind: MessageKind
  state: MessageState
  scheduleVersion: number
  uselessAfter: Date
  createdAt: Date
  visit: { state: VisitState; scheduleVersion: number }
  /** Messages of this kind of this visit, this one among them. */
  copies: readonly { state: MessageState; createdAt: Date; byPerson: boolean }[]
}

export type SendAgain =
  | { ok: true; uselessAfter: Date }
  | { ok: false; reason: 'on_its_way' | 'not_needed' | 'too_late' | 'too_often' }

const isOpen = (state: MessageState) => state === 'queued' || state === 'sending'
const day = 86_400_000

/**
 * Whether sending it again still helps, and until when. What speaks of a time helps as long as it did at first;
 * news (a summary, a cancellation) are worth reading for weeks.
 */
export function sendAgain(
  message: RepeatedMessage,
  now: Date,
  policy: SendAgainPolicy = defaultSendAgainPolicy,
): SendAgain {
  const { kind, copies, createdAt } = message
  if (copies.some(({ state }) => isOpen(state))) return { ok: false, reason: 'on_its_way' }
  const isNews = newsKinds.has(kind)
  const fresh = new Date(now.getTime() + defaultMessagePolicy.newsUsefulHours * 3_600_000)
  const uselessAfter = isNews ? fresh : message.uselessAfter
  const verdict = standing({ ...message, uselessAfter }, now)
  if (verdict === 'skipped') return { ok: false, reason: 'not_needed' }
  const since = now.getTime() - createdAt.getTime()
  if (verdict === 'expired' || (isNews && since > policy.newsDays * day))
    return { ok: false, reason: 'too_late' }
  const byPeople = copies
    .filter(({ byPerson }) => byPerson)
    .map((copy) => now.getTime() - copy.createdAt.getTime())
  const tooOften =
    byPeople.some((age) => age < policy.pauseMinutes * 60_000) ||
    byPeople.filter((age) => age < day).length >= policy.mostPerDay
  return tooOften ? { ok: false, reason: 'too_often' } : { ok: true, uselessAfter }
}

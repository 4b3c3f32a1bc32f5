import { askedSeconds, type WebhookRetryPolicy, webhookRetrySeconds } from './retry-policy'
import type { WebhookError } from './webhook-failure'

/** One try: what was answered, or why nothing was. */
export type Attempt = { status: number; retryAfter: string | undefined } | { error: WebhookError }

/** What becomes of a delivery after a try. */
export interface DeliveryOutcome {
  state: 'queued' | 'delivered' | 'failed' | 'withdrawn'
  /** Of the next try. */
  dueAt: Date | null
  error: WebhookError | null
  /** The endpoint wants no more: nothing goes there until somebody resumes it. */
  pausesEndpoint: boolean
}

interface TriedDelivery {
  /** Which try this was, from 1. */
  attempt: number
  giveUpAt: Date
}

const settled = (
  state: 'delivered' | 'failed' | 'withdrawn',
  error: WebhookError | null,
): DeliveryOutcome => ({ state, dueAt: null, error, pausesEndpoint: false })

/** Taken at 2xx; 410 stops the endpoint and counts as no try; everything else is tried again until it is too late. */
export function outcomeOf(
  delivery: TriedDelivery,
  attempt: Attempt,
  time: { now: Date; policy: WebhookRetryPolicy; random: number },
): DeliveryOutcome {
  const error = errorOf(attempt)
  if (error === null) return settled('delivered', null)
  if (error === 'erased') return settled('withdrawn', error)
  const { now, policy, random } = time
  if (error === 'gone') return { state: 'queued', dueAt: now, error, pausesEndpoint: true }
  const asked = 'status' in attempt ? askedSeconds(attempt.retryAfter, now) : 0
  const seconds = webhookRetrySeconds(policy, delivery.attempt, asked, random)
  const dueAt = new Date(now.getTime() + seconds * 1000)
  // The last try comes at the end of the time, not up to four hours before it
  if (now >= delivery.giveUpAt) return settled('failed', error)
  return {
    state: 'queued',
    dueAt: dueAt < delivery.giveUpAt ? dueAt : delivery.giveUpAt,
    error,
    pausesEndpoint: false,
  }
}

/** Null when it was taken. */
export function errorOf(attempt: Attempt): WebhookError | null {
  if ('error' in attempt) return attempt.error
  const { status } = attempt
  if (status >= 200 && status < 300) return null
  if (status >= 300 && status < 400) return 'redirect'
  return status === 410 ? 'gone' : 'status'
}

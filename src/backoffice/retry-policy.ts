/** When a webhook that was not taken is tried again, and for how long. */
export interface WebhookRetryPolicy {
  /** Pause after the first failure; doubles with each further one. */
  firstSeconds: number
  longestSeconds: number
  /** Share of a pause that is left to chance, so that what failed together does not return together. */
  jitter: number
  /** An endpoint may ask for more time ("Retry-After"), up to this. */
  longestAskedSeconds: number
  giveUpAfterHours: number
}

/** Half a minute, doubled up to four hours, for a week: somebody comes back on Monday and mends it. */
export const defaultWebhookRetryPolicy: WebhookRetryPolicy = {
  firstSeconds: 30,
  longestSeconds: 4 * 3600,
  jitter: 0.3,
  longestAskedSeconds: 24 * 3600,
  giveUpAfterHours: 7 * 24,
}

/**
 * Seconds until the next try.
 * @param attempt how often it failed, from 1
 * @param asked seconds that the endpoint asked for, 0 for none
 * @param random at least 0, below 1
 */
export function webhookRetrySeconds(
  policy: WebhookRetryPolicy,
  attempt: number,
  asked: number,
  random: number,
): number {
  const full = Math.min(policy.firstSeconds * 2 ** (attempt - 1), policy.longestSeconds)
  return Math.max(full * (1 - policy.jitter * random), Math.min(asked, policy.longestAskedSeconds))
}

export const giveUpAt = (policy: WebhookRetryPolicy, from: Date): Date =>
  new Date(from.getTime() + policy.giveUpAfterHours * 3_600_000)

/** Seconds of a Retry-After header, in seconds or as a date; 0 when it says nothing of use. */
export function askedSeconds(retryAfter: string | undefined, now: Date): number {
  if (retryAfter === undefined) return 0
  if (/^\d{1,9}$/.test(retryAfter.trim())) return Number(retryAfter)
  const until = Date.parse(retryAfter)
  return Number.isNaN(until) ? 0 : Math.max(0, (until - now.getTime()) / 1000)
}

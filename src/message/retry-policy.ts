/** When a message that was not taken is tried again. */
export interface RetryPolicy {
  /** Pause after the first failure; doubles with each further one. */
  firstSeconds: number
  longestSeconds: number
  /** The same while the provider is down: the channel's pause spares it already. */
  longestSecondsInOutage: number
  /** Share of a pause that is left to chance, so that messages which failed together do not return together. */
  jitter: number
  /** Refusals of one message after which it is given up; failures of the provider do not count. */
  maxAttempts: number
}

/** Lives through a receiver that puts unknown senders off for an hour ("greylisting"). */
export const defaultRetryPolicy: RetryPolicy = {
  firstSeconds: 15,
  longestSeconds: 1800,
  longestSecondsInOutage: 60,
  jitter: 0.5,
  maxAttempts: 12,
}

/**
 * Seconds until the next try.
 * @param attempt how often it failed, from 1
 * @param random at least 0, below 1
 */
export function retrySeconds(policy: RetryPolicy, attempt: number, outage: boolean, random: number): number {
  const longest = outage ? policy.longestSecondsInOutage : policy.longestSeconds
  const full = Math.min(policy.firstSeconds * 2 ** (attempt - 1), longest)
  return full * (1 - policy.jitter * random)
}

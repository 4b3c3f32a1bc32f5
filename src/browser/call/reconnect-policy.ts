/** How long to wait before the next try of a lost connection. Milliseconds; `spread` 0.5 means 75-125 %. */
export interface ReconnectPolicy {
  readonly first: number
  readonly factor: number
  readonly longest: number
  readonly spread: number
}

/** Quick, because a call must be back within five seconds of the network; spread, because a restarted server has everybody back at once. */
export const defaultReconnectPolicy: ReconnectPolicy = {
  first: 250,
  factor: 1.8,
  longest: 2500,
  spread: 0.5,
}

/** Milliseconds before try number `attempt` (0 is the first one); `random` is 0 to 1. */
export function reconnectDelay(policy: ReconnectPolicy, attempt: number, random: number): number {
  const delay = Math.min(policy.longest, policy.first * policy.factor ** attempt)
  return Math.round(delay * (1 + policy.spread * (random - 0.5)))
}

/** When a channel stops bothering a provider that is down. */
export interface BreakerPolicy {
  /** Outages in a row that trip it. */
  outagesInARow: number
  firstPauseSeconds: number
  longestPauseSeconds: number
}

export const defaultBreakerPolicy: BreakerPolicy = {
  outagesInARow: 5,
  firstPauseSeconds: 2,
  longestPauseSeconds: 30,
}

/** State of one channel's breaker; a value, replaced by `afterAnswer`. */
export interface Breaker {
  outages: number
  /** Pauses since the provider last answered: after one, a single message feels its way. */
  pauses: number
  pausedUntil: Date | null
}

export const closedBreaker: Breaker = { outages: 0, pauses: 0, pausedUntil: null }

export const isPaused = ({ pausedUntil }: Breaker, now: Date): boolean =>
  pausedUntil !== null && now < pausedUntil

/** How many messages may be in the air: all, a single one after a pause, none during it. */
export function allowedInFlight(breaker: Breaker, concurrency: number, now: Date): number {
  if (isPaused(breaker, now)) return 0
  return breaker.pauses > 0 ? 1 : concurrency
}

/** The breaker after the provider answered anything at all (a refusal, too), or failed to. */
export function afterAnswer(breaker: Breaker, outage: boolean, now: Date, policy: BreakerPolicy): Breaker {
  if (!outage) return closedBreaker
  // Messages that were in the air when it tripped fail together: one pause for all of them
  if (isPaused(breaker, now)) return breaker
  const outages = breaker.outages + 1
  if (breaker.pauses === 0 && outages < policy.outagesInARow) return { ...breaker, outages }
  const seconds = Math.min(policy.firstPauseSeconds * 2 ** breaker.pauses, policy.longestPauseSeconds)
  const pausedUntil = new Date(now.getTime() + seconds * 1000)
  return { outages, pauses: breaker.pauses + 1, pausedUntil }
}

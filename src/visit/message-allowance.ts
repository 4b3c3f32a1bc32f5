import type { Clock } from '../platform/clock'

/** Policy: how many messages a page may send; ICE candidates come in bursts. */
export interface MessagePolicy {
  perSecond: number
  burst: number
}

export const defaultMessagePolicy: MessagePolicy = { perSecond: 50, burst: 200 }
/** What somebody writes in the chat; the burst is what was written while the line was down. */
export const chatPolicy: MessagePolicy = { perSecond: 2, burst: 40 }

/** A bucket that fills with time: each call takes one out, false when it is empty. */
export function createAllowance(clock: Clock, { perSecond, burst } = defaultMessagePolicy): () => boolean {
  let left = burst
  let filledAt = clock.now().getTime()
  return () => {
    const now = clock.now().getTime()
    left = Math.min(burst, left + (Math.max(0, now - filledAt) / 1000) * perSecond)
    filledAt = now
    if (left < 1) return false
    left -= 1
    return true
  }
}

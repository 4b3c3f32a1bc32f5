import { createHash } from 'node:crypto'
import type { LockPolicy } from './staff-store'

/** Counts tries at addresses that have no account, so that they answer like those that have one. */
export interface StrangerTries {
  /** The end of the lock when the address is locked already; counts the try otherwise. */
  count(email: string, now: Date): Date | null
}

const mostRemembered = 10_000

/** Kept in this process only: it hides which accounts exist, it protects nothing. */
export function createStrangerTries({ failures, minutes }: LockPolicy): StrangerTries {
  const known = new Map<string, { tries: number; lockedUntil: Date | null }>()
  return {
    count(email, now) {
      const key = createHash('sha256').update(email).digest('base64')
      const entry = known.get(key) ?? { tries: 0, lockedUntil: null }
      if (entry.lockedUntil && entry.lockedUntil > now) return entry.lockedUntil
      const tries = entry.tries + 1
      known.delete(key)
      known.set(
        key,
        tries >= failures
          ? { tries: 0, lockedUntil: new Date(now.getTime() + minutes * 60_000) }
          : { tries, lockedUntil: null },
      )
      const oldest = known.keys().next().value
      if (known.size > mostRemembered && oldest !== undefined) known.delete(oldest)
      return null
    },
  }
}

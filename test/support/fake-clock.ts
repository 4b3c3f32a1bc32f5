import type { Clock } from '../../src/platform/clock'

/** Monday 09:00 in Warsaw; the seed's sample days, 29 and 30 December, lie ahead, and so do the holidays. */
export const testTime = new Date('2026-12-21T08:00:00Z')
export const testDay = '2026-12-21'

export interface FakeClock extends Clock {
  set(to: Date): void
  advance(by: { minutes?: number; seconds?: number }): void
}

/** A clock that stands still until a test moves it. */
export function fakeClock(start: Date = testTime): FakeClock {
  let current = start.getTime()
  return {
    now: () => new Date(current),
    set: (to) => {
      current = to.getTime()
    },
    advance: ({ minutes = 0, seconds = 0 }) => {
      current += (minutes * 60 + seconds) * 1000
    },
  }
}

/** A clock that goes on by itself, as fast as the real one, from where a test sets it. */
export function runningClock(start: Date = testTime): FakeClock {
  let shift = start.getTime() - Date.now()
  return {
    now: () => new Date(Date.now() + shift),
    set: (to) => {
      shift = to.getTime() - Date.now()
    },
    advance: ({ minutes = 0, seconds = 0 }) => {
      shift += (minutes * 60 + seconds) * 1000
    },
  }
}

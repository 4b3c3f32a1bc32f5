import type { ExpectedWait } from '../contract/signalling'

/** What goes on at a branch, as far as it decides how long somebody waits. */
export interface BranchLoad {
  /** Officers who take visits now, with the topics they serve and until when their present visit lasts, if any. */
  officers: readonly { topicIds: readonly number[]; busyUntil: Date | null }[]
  /** Who waits, in the order in which they are taken, and how long each visit lasts. */
  queue: readonly { visitId: string; topicId: number; minutes: number }[]
  /** What an officer said a moment ago. */
  saidLateMinutes: number | null
}

export interface WaitingVisit {
  visitId: string
  topicId: number
  startsAt: Date
}

/** Less is not worth a word: entering and greeting take as long. */
const leastMinutes = 2
/** From here on an apology and other ways are due, not another estimate. */
const longAfterMinutes = 30

const minutesBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 60_000

/** Finer words than this would pretend to a knowledge that nobody has. */
const rounded = (minutes: number): number => (minutes <= 10 ? Math.ceil(minutes) : Math.ceil(minutes / 5) * 5)

/**
 * How late a waiting visit will begin. Those before it are taken one by one by whoever serves their topic and is
 * free first; null while nobody is late.
 */
export function expectedWait(load: BranchLoad, visit: WaitingVisit, now: Date): ExpectedWait | null {
  const late = minutesBetween(visit.startsAt, now)
  if (late >= longAfterMinutes) return { kind: 'long' }
  const begin = beginOf(load, visit, now)
  if (begin === null && load.saidLateMinutes === null)
    return late >= leastMinutes ? { kind: 'noOfficer' } : null
  const estimated = begin === null ? 0 : minutesBetween(visit.startsAt, begin)
  const minutes = Math.max(estimated, load.saidLateMinutes ?? 0, late)
  if (minutes < leastMinutes) return null
  return minutes > longAfterMinutes ? { kind: 'unknown' } : { kind: 'minutes', minutes: rounded(minutes) }
}

/** When the visit begins if all goes as usual; null when nobody who serves its topic is there. */
function beginOf(load: BranchLoad, visit: WaitingVisit, now: Date): Date | null {
  const free = load.officers.map(({ topicIds, busyUntil }) => ({
    topicIds,
    at: Math.max(now.getTime(), busyUntil?.getTime() ?? 0),
  }))
  const next = (topicId: number) =>
    free
      .filter(({ topicIds }) => topicIds.includes(topicId))
      .reduce<(typeof free)[number] | null>((first, one) => (first && first.at <= one.at ? first : one), null)
  for (const ahead of load.queue) {
    if (ahead.visitId === visit.visitId) break
    const officer = next(ahead.topicId)
    if (officer) officer.at += ahead.minutes * 60_000
  }
  const officer = next(visit.topicId)
  return officer && new Date(officer.at)
}

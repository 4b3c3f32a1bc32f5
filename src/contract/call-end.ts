/** What decides until when a call lasts; instants as ISO strings. */
export interface CallTimes {
  startsAt: string
  endsAt: string
  startedAt: string | null
  waitingSince: string | null
}

/** A client who was this late still counts as punctual: entering takes a moment. */
const toleranceMilliseconds = 60_000

/**
 * Until when a visit lasts: its full length from the moment the officer called in. A client who came late has what
 * is left of the booked time.
 */
export function callEndsAt(times: CallTimes): Date {
  const starts = Date.parse(times.startsAt)
  const ends = Date.parse(times.endsAt)
  if (times.startedAt === null) return new Date(ends)
  const started = Date.parse(times.startedAt)
  const cameLate =
    times.waitingSince !== null && Date.parse(times.waitingSince) > starts + toleranceMilliseconds
  return new Date(cameLate && started > starts ? Math.max(ends, started) : started + (ends - starts))
}

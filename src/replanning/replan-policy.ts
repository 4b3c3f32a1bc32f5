const minute = 60_000
const hour = 60 * minute

/** How much notice people get, and how long a decision can be taken back. */
export interface ReplanPolicy {
  undoMinutes: number
  /** A client whose visit is nearer than this hears of the change at once; it cannot be undone. */
  tellAtOnceMinutes: number
  /** Between telling a client and a later time than the one known. */
  leadMinutes: number
  /** The same for an earlier time: nobody may have planned for it. */
  earlierLeadMinutes: number
  /** How long a client may take to choose; before the old time there must be left `offerEndsHoursBefore`. */
  offerHours: number
  offerEndsHoursBefore: number
  shortestOfferHours: number
}

export const defaultReplanPolicy: ReplanPolicy = {
  undoMinutes: 5,
  tellAtOnceMinutes: 30,
  leadMinutes: 120,
  earlierLeadMinutes: 24 * 60,
  offerHours: 72,
  offerEndsHoursBefore: 12,
  shortestOfferHours: 6,
}

/** Whether a visit may be moved there without asking its client; the same time always may. */
export function isEnoughNotice(
  { from, to, now }: { from: Date; to: Date; now: Date },
  { leadMinutes, earlierLeadMinutes }: ReplanPolicy,
): boolean {
  if (to.getTime() === from.getTime()) return to > now
  const lead = to > from ? leadMinutes : earlierLeadMinutes
  return to.getTime() - now.getTime() >= lead * minute
}

/** When the client hears of a change of a visit between these times; `now` when it cannot wait. */
export function tellAt(
  { now, times }: { now: Date; times: readonly Date[] },
  { undoMinutes, tellAtOnceMinutes }: ReplanPolicy,
): Date {
  const isNear = times.some((time) => time.getTime() - now.getTime() < tellAtOnceMinutes * minute)
  return isNear ? now : new Date(now.getTime() + undoMinutes * minute)
}

/** Until which full hour the client of a visit may choose another time; undefined when there is not enough time to ask. */
export function offerUntil(
  { now, startsAt }: { now: Date; startsAt: Date },
  { offerHours, offerEndsHoursBefore, shortestOfferHours }: ReplanPolicy,
): Date | undefined {
  const latest = Math.min(now.getTime() + offerHours * hour, startsAt.getTime() - offerEndsHoursBefore * hour)
  const until = Math.floor(latest / hour) * hour
  return until - now.getTime() >= shortestOfferHours * hour ? new Date(until) : undefined
}

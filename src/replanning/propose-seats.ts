import { matchSeats } from './match-seats'
import { isEnoughNotice, type ReplanPolicy } from './replan-policy'
import { createDistance } from './seat-distance'

interface Span {
  startsAt: Date
  endsAt: Date
}

/** A visit that lost its desk. */
export interface VisitToPlace extends Span {
  id: string
  topicId: number
  /** What tells its client: visits that share one are of the same person. */
  people: readonly string[]
}

export interface FreeSeat extends Span {
  id: number
  deskId: number
  /** Topics that the desk serves. */
  topicIds: readonly number[]
}

export interface Proposal {
  /** Null when there is no time for it. */
  seat: FreeSeat | null
  /** Other times, best first, each once; none of these seats is proposed to another visit. */
  others: FreeSeat[]
}

export interface ProposalQuestion {
  visits: readonly VisitToPlace[]
  /** Free seats of the branch. */
  seats: readonly FreeSeat[]
  /** What else the same people have booked. */
  taken: readonly (Span & { people: readonly string[] })[]
  now: Date
  timeZone: string
  policy: ReplanPolicy
}

const mostOthers = 7

/**
 * Where visits that lost their desk could go, no seat to two of them. As many as possible keep their time at
 * another desk; the others, in the order of their times, get the nearest one: on the same day, else on the
 * nearest day (rather a later one) at the nearest hour. Nobody gets two visits at the same time.
 */
export function proposeSeats(question: ProposalQuestion): Map<string, Proposal> {
  const { now, policy, timeZone } = question
  const visits = [...question.visits].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  // Of seats at one time the least flexible desk goes first
  const seats = [...question.seats].sort((a, b) => a.topicIds.length - b.topicIds.length || a.id - b.id)
  const distance = createDistance(timeZone)
  const placed = new Map<string, FreeSeat>()
  const used = new Set<number>()
  const spans: (Span & { id?: string; people: readonly string[] })[] = [...question.taken]
  const give = (visit: VisitToPlace, seat: FreeSeat) => {
    placed.set(visit.id, seat)
    used.add(seat.id)
    spans.push({ ...visit, startsAt: seat.startsAt, endsAt: seat.endsAt })
  }
  const nearest = (visit: VisitToPlace, count: number): FreeSeat[] => {
    const own = spans.filter(({ id, people }) => id !== visit.id && sharesPerson(people, visit.people))
    const without = placed.get(visit.id)?.startsAt.getTime()
    const candidates = seats.filter(
      (seat) =>
        seat.topicIds.includes(visit.topicId) &&
        !used.has(seat.id) &&
        seat.startsAt.getTime() !== without &&
        isEnoughNotice({ from: visit.startsAt, to: seat.startsAt, now }, policy) &&
        !own.some((span) => overlap(span, seat)),
    )
    return firstTimes(candidates, count, (seat) => distance(visit.startsAt, seat.startsAt))
  }

  for (const [visit, seat] of sameTimes(visits, seats, now)) give(visit, seat)
  for (const visit of visits) {
    if (placed.has(visit.id)) continue
    const [seat] = nearest(visit, 1)
    if (seat) give(visit, seat)
  }
  return new Map(
    visits.map((visit) => [
      visit.id,
      { seat: placed.get(visit.id) ?? null, others: nearest(visit, mostOthers) },
    ]),
  )
}

/** For as many visits as possible a seat at the time that they have. */
function sameTimes(
  visits: readonly VisitToPlace[],
  seats: readonly FreeSeat[],
  now: Date,
): [VisitToPlace, FreeSeat][] {
  const byId = new Map(seats.map((seat) => [seat.id, seat]))
  const byStart = new Map<number, FreeSeat[]>()
  for (const seat of seats) {
    const start = seat.startsAt.getTime()
    byStart.set(start, [...(byStart.get(start) ?? []), seat])
  }
  const choices = visits.map(({ topicId, startsAt }) =>
    startsAt <= now
      ? []
      : (byStart.get(startsAt.getTime()) ?? [])
          .filter(({ topicIds }) => topicIds.includes(topicId))
          .map(({ id }) => id),
  )
  const matched = matchSeats(choices)
  return visits.flatMap((visit, n): [VisitToPlace, FreeSeat][] => {
    const seat = byId.get(matched[n] ?? -1)
    return seat ? [[visit, seat]] : []
  })
}

/** The `count` seats with the least cost, of those that begin at the same time the first one only. */
function firstTimes(seats: readonly FreeSeat[], count: number, cost: (seat: FreeSeat) => number): FreeSeat[] {
  const best: { seat: FreeSeat; cost: number }[] = []
  for (const seat of seats) {
    const ranked = { seat, cost: cost(seat) }
    const last = best[count - 1]
    if (last && last.cost <= ranked.cost) continue
    if (best.some((one) => one.seat.startsAt.getTime() === seat.startsAt.getTime())) continue
    const at = best.findIndex((one) => one.cost > ranked.cost)
    best.splice(at < 0 ? best.length : at, 0, ranked)
    best.length = Math.min(best.length, count)
  }
  return best.map(({ seat }) => seat)
}

const sharesPerson = (one: readonly string[], other: readonly string[]): boolean =>
  one.some((person) => other.includes(person))

const overlap = (one: Span, other: Span): boolean =>
  one.startsAt < other.endsAt && other.startsAt < one.endsAt

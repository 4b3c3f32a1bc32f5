import type { DeskVisit } from '../../contract/desk-live'

/** A card of the waiting list; `gone` stays only as long as the list is held. */
export interface QueueCard {
  visit: DeskVisit
  gone: boolean
}

const waitsSince = (visit: DeskVisit): string => visit.waitingSince ?? visit.startsAt

/** Whoever waits longest comes first; equal ones by the time they booked. */
export function waitingOf(visits: readonly DeskVisit[]): DeskVisit[] {
  return visits
    .filter((visit) => visit.state === 'waiting')
    .sort(
      (one, other) =>
        waitsSince(one).localeCompare(waitsSince(other)) ||
        one.startsAt.localeCompare(other.startsAt) ||
        one.number.localeCompare(other.number),
    )
}

/**
 * The cards to show. While `held` (somebody is pointing at the list) nothing moves: cards keep their places, those
 * who no longer wait stay as `gone`, new people come in at the end.
 */
export function arrangeQueue(
  shown: readonly QueueCard[],
  visits: readonly DeskVisit[],
  held: boolean,
): QueueCard[] {
  const waiting = waitingOf(visits)
  if (!held) return waiting.map((visit) => ({ visit, gone: false }))
  const kept = shown.map(({ visit }) => {
    const now = visits.find((other) => other.id === visit.id) ?? visit
    return { visit: now, gone: now.state !== 'waiting' }
  })
  const added = waiting.filter((visit) => !shown.some((card) => card.visit.id === visit.id))
  return [...kept, ...added.map((visit) => ({ visit, gone: false }))]
}

/** Whom the one filled button calls in: the longest waiting on one of my topics whose page is connected. */
export function nextToCallIn(visits: readonly DeskVisit[], topicIds: readonly number[]): string | null {
  const mine = waitingOf(visits).filter((visit) => topicIds.includes(visit.topicId))
  return (mine.find((visit) => visit.clientPresent) ?? mine[0])?.id ?? null
}

/** Who came and who left between two states of the list, for the announcement. */
export function queueChanges(before: readonly DeskVisit[], after: readonly DeskVisit[]) {
  const were = waitingOf(before)
  const are = waitingOf(after)
  const missingIn = (list: readonly DeskVisit[]) => (visit: DeskVisit) =>
    !list.some((other) => other.id === visit.id)
  return { arrived: are.filter(missingIn(were)), left: were.filter(missingIn(are)) }
}

import type { DeskNotice, DeskVisit } from '../../contract/desk-live'

/** Takes a notice of the live socket into the day's visits, ordered by time. */
export function withNotice(visits: readonly DeskVisit[], notice: DeskNotice): DeskVisit[] {
  const all =
    notice.type === 'day'
      ? [...notice.visits]
      : [...visits.filter((visit) => visit.id !== notice.visit.id), notice.visit]
  return all.sort(
    (one, other) => one.startsAt.localeCompare(other.startsAt) || one.number.localeCompare(other.number),
  )
}

export interface DayCounts {
  booked: number
  done: number
}

/** How many of the day were not cancelled, and how many of them took place. */
export function countsOf(visits: readonly DeskVisit[]): DayCounts {
  return {
    booked: visits.filter(({ state }) => state !== 'cancelled').length,
    done: visits.filter(({ state }) => state === 'completed' || state === 'ended_early').length,
  }
}

/** Place of the "now" line: before the first visit that has not started by the clock. */
export function nowLineAt(visits: readonly DeskVisit[], now: Date): number {
  const index = visits.findIndex((visit) => Date.parse(visit.startsAt) > now.getTime())
  return index < 0 ? visits.length : index
}

/** Whole minutes between an instant and now, never below 0. */
export function minutesSince(instant: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(instant)) / 60_000))
}

/** Look and text key of a visit's state. */
export function stateTag(visit: DeskVisit) {
  switch (visit.state) {
    case 'booked':
      return { tag: 'tag-open', key: 'desk.state.booked' } as const
    case 'waiting':
      return { tag: 'tag-wait', key: 'desk.state.waiting' } as const
    case 'in_progress':
      return { tag: 'tag-go', key: 'desk.state.in_progress' } as const
    case 'completed':
      return { tag: 'tag-ok', key: 'desk.state.completed' } as const
    case 'ended_early':
      return { tag: 'tag-ok', key: 'desk.state.ended_early' } as const
    case 'cancelled':
      return visit.reason === 'institution'
        ? ({ tag: '', key: 'desk.state.cancelled_institution' } as const)
        : ({ tag: '', key: 'desk.state.cancelled_client' } as const)
    case 'missed':
      return visit.reason === 'institution'
        ? ({ tag: 'tag-bad', key: 'desk.state.missed_institution' } as const)
        : ({ tag: 'tag-bad', key: 'desk.state.missed_client' } as const)
  }
}

/** Over, one way or the other: shown in a quieter ink. */
export const isPast = (visit: DeskVisit): boolean =>
  !['booked', 'waiting', 'in_progress'].includes(visit.state)

/** Whose fault a visit is that plainly did not take place; null while it still can. */
export function missedBy(visit: DeskVisit, now: Date): 'client' | 'institution' | null {
  if (Date.parse(visit.endsAt) > now.getTime()) return null
  if (visit.state === 'booked') return 'client'
  return visit.state === 'waiting' ? 'institution' : null
}

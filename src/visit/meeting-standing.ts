import { nextState, type VisitState } from '../contract/visit-state'

/** What a meeting link opens at this moment. */
export type MeetingStanding =
  | 'early'
  | 'open'
  /** The time has passed and nobody came; the job that says so has not run yet. */
  | 'late'
  | 'cancelledByClient'
  | 'cancelledByInstitution'
  | 'missedByClient'
  | 'missedByInstitution'
  | 'finished'

export interface StandingFacts {
  state: VisitState
  state_reason: string | null
  starts_at: Date
  ends_at: Date
}

/** When the waiting room opens. */
export const opensAt = (startsAt: Date, openBeforeMinutes: number): Date =>
  new Date(startsAt.getTime() - openBeforeMinutes * 60_000)

/** Whoever waits or talks is let in again at any time: a reload never loses the place. */
export function meetingStanding(visit: StandingFacts, now: Date, openBeforeMinutes: number): MeetingStanding {
  const byClient = visit.state_reason === 'client'
  switch (visit.state) {
    case 'cancelled':
      return byClient ? 'cancelledByClient' : 'cancelledByInstitution'
    case 'missed':
      return byClient ? 'missedByClient' : 'missedByInstitution'
    case 'completed':
    case 'ended_early':
      return 'finished'
    case 'waiting':
    case 'in_progress':
      return 'open'
    case 'booked':
      if (now < opensAt(visit.starts_at, openBeforeMinutes)) return 'early'
      return now < visit.ends_at ? 'open' : 'late'
  }
}

/** Whether the client's arrival makes the visit a waiting one. */
export const arrivalCounts = (visit: StandingFacts, now: Date, openBeforeMinutes: number): boolean =>
  meetingStanding(visit, now, openBeforeMinutes) === 'open' &&
  nextState(visit.state, { type: 'client_arrived' }) !== undefined

/**
 * The life of a visit. The only place that says which state may follow which; stores write a state only
 * through `nextState`.
 */
export const visitStates = [
  'booked',
  'waiting',
  'in_progress',
  'completed',
  'ended_early',
  'cancelled',
  'missed',
] as const
export type VisitState = (typeof visitStates)[number]

/** Who is the cause of a cancelled or missed visit. */
export const parties = ['client', 'institution'] as const
export type Party = (typeof parties)[number]

/** Why a visit ended before its matter was settled (product.md, "Rules"; texts `ended.*`). */
export const earlyEndReasons = [
  'time_over',
  'client_left',
  'client_gone',
  'third_person',
  'public_place',
  'noise',
  'left_view',
  'client_recording',
  'behaviour',
  'identity_not_confirmed',
  'poor_connection',
  'recording_withdrawn',
  'recording_failed',
  'institution_technical',
  'wrong_topic',
  'other',
] as const
export type EarlyEndReason = (typeof earlyEndReasons)[number]

export type VisitEvent =
  | { type: 'client_arrived' }
  | { type: 'called_in' }
  /** The officer puts the visit back on the list, for a colleague or for later. */
  | { type: 'released' }
  | { type: 'completed' }
  | { type: 'ended_early'; reason: EarlyEndReason }
  | { type: 'cancelled'; by: Party }
  /** The institution thought better of it before anybody was told. */
  | { type: 'cancellation_undone' }
  | { type: 'missed'; by: Party }

export interface VisitStanding {
  state: VisitState
  /** Set for cancelled and missed (who) and ended_early (why), null otherwise. */
  reason: Party | EarlyEndReason | null
}

/** States in which a visit still lies ahead or goes on: it counts against limits and holds its seat. */
export const activeStates = ['booked', 'waiting', 'in_progress'] as const satisfies readonly VisitState[]

export const isActive = (state: VisitState): boolean =>
  (activeStates as readonly VisitState[]).includes(state)

const from: Record<VisitEvent['type'], readonly VisitState[]> = {
  client_arrived: ['booked'],
  called_in: ['waiting'],
  released: ['in_progress'],
  completed: ['in_progress'],
  ended_early: ['in_progress'],
  cancelled: ['booked', 'waiting'],
  cancellation_undone: ['cancelled'],
  missed: ['booked', 'waiting'],
}

/** What follows, or undefined when the event is not allowed in this state. */
export function nextState(state: VisitState, event: VisitEvent): VisitStanding | undefined {
  if (!from[event.type].includes(state)) return undefined
  switch (event.type) {
    case 'client_arrived':
    case 'released':
      return { state: 'waiting', reason: null }
    case 'cancellation_undone':
      return { state: 'booked', reason: null }
    case 'called_in':
      return { state: 'in_progress', reason: null }
    case 'completed':
      return { state: 'completed', reason: null }
    case 'ended_early':
      return { state: 'ended_early', reason: event.reason }
    case 'cancelled':
      return { state: 'cancelled', reason: event.by }
    case 'missed':
      return { state: 'missed', reason: event.by }
  }
}

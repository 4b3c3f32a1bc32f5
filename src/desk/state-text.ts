import type { VisitState } from '../contract/visit-state'
import type { StaffTranslator } from '../platform/i18n/translator'

/** How the desk calls the state of a visit, with its cause. */
export function stateText(
  { t }: StaffTranslator,
  visit: { state: VisitState; state_reason: string | null },
): string {
  switch (visit.state) {
    case 'cancelled':
    case 'missed':
      return t(`desk.state.${visit.state}_${visit.state_reason === 'client' ? 'client' : 'institution'}`)
    default:
      return t(`desk.state.${visit.state}`)
  }
}

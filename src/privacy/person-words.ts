import type { StaffTranslator } from '../platform/i18n/translator'
import { dateWords, timeOfDay } from '../platform/i18n/dates'
import { staffCatalogue, type StaffTextKey } from '../texts/catalogue'
import type { VisitState } from '../contract/visit-state'
import type { KeptVisit } from './person-facts'

const isText = (key: string): key is StaffTextKey => Object.hasOwn(staffCatalogue, key)

/** What somebody did, in the words of the audit record; an action without words is named as it is. */
export const lookWords = ({ t }: StaffTranslator, action: string): string => {
  const key = `audit.action.${action}`
  return isText(key) ? t(key) : action
}

/** How the staff call the state of a visit, with its cause. */
export function stateWords(
  { t }: StaffTranslator,
  { state, state_reason: reason }: { state: VisitState; state_reason: string | null },
): string {
  if (state === 'cancelled' || state === 'missed')
    return t(`desk.state.${state}_${reason === 'client' ? 'client' : 'institution'}`)
  return t(`desk.state.${state}`)
}

/** '29 grudnia 2026, 9:25' */
export const instantWords = (at: Date | string, timeZone: string): string => {
  const instant = new Date(at)
  return `${dateWords(instant, 'pl', timeZone)}, ${timeOfDay(instant, timeZone)}`
}

/** What is kept of a visit besides its client, in a few words. */
export function keptSummary({ t }: StaffTranslator, visit: KeptVisit): string {
  const { consents, messages, chat, settlement, staffNote, recording } = visit
  return [
    consents.length > 0 && t('person.kept.consents', { n: consents.length }),
    messages.length > 0 && t('person.kept.messages', { n: messages.length }),
    chat.length > 0 && t('person.kept.chat', { n: chat.length }),
    settlement.applications.length > 0 &&
      t('person.kept.applications', { n: settlement.applications.length }),
    settlement.profile !== null && t('person.kept.profile'),
    recording !== null && recording.state !== 'erased' && t('person.kept.recording'),
    staffNote !== '' && t('person.kept.note'),
  ]
    .filter((words) => words !== false)
    .join(', ')
}

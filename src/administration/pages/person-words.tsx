import type { StaffTranslator } from '../../platform/i18n/translator'
import type { ListedPerson, PersonState } from '../../staff/people/people-store'

const tags: Record<PersonState, string> = { active: 'tag tag-ok', invited: 'tag tag-wait', closed: 'tag' }

export const StateTag = ({ t, state }: { t: StaffTranslator['t']; state: PersonState }) => (
  <span class={tags[state]}>{t(`people.state.${state}`)}</span>
)

/** What a person proves themself with, beside the password. */
export function factorWords(
  t: StaffTranslator['t'],
  { byProvider, hasTotp, hasPasskey }: Pick<ListedPerson, 'byProvider' | 'hasTotp' | 'hasPasskey'>,
): string {
  if (byProvider) return t('people.factor.provider')
  if (hasTotp && hasPasskey) return t('people.factor.both')
  if (hasTotp) return t('people.factor.totp')
  return t(hasPasskey ? 'people.factor.passkey' : 'people.factor.none')
}

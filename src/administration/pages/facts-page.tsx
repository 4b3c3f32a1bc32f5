import type { VNode } from 'preact'
import type { LegalValueName } from '../../institution/legal-values-schema'
import type { StaffTranslator } from '../../platform/i18n/translator'
import { languages } from '../../texts/catalogue'
import { factsPath } from '../../staff/staff-places'
import { textsAddresses } from '../texts-addresses'
import { Group, type ShownForm, ThreeFields } from './shown-fields'
import { ShownPage } from './shown-page'

/** Who is responsible, whom to ask, and what the clauses say; in this order. */
const groups: readonly {
  name: 'controller' | 'basis' | 'rights'
  values: readonly LegalValueName[]
}[] = [
  {
    name: 'controller',
    values: ['administrator', 'administratorAddress', 'administratorContact', 'dpoContact'],
  },
  { name: 'basis', values: ['legalBasisVisit', 'legalBasisRecording', 'recipients', 'transferNote'] },
  { name: 'rights', values: ['authorityName', 'authorityAddress'] },
]

/** Who is responsible for personal data, whom to ask, and what else the clauses say of this institution. */
export const factsPage = (form: ShownForm, state: { version: number; saved: boolean }): VNode => {
  const { staffTexts } = form.page
  const { t } = staffTexts
  return (
    <ShownPage
      {...{ form, ...state, path: factsPath }}
      title={t('facts.title')}
      lead={t('facts.lead')}
      seenAt={{ path: '/dane-osobowe', text: t('facts.seenAt') }}
      labelOf={factLabel(staffTexts)}
    >
      <p>
        {t('facts.names')} <a href={textsAddresses.institution}>{t('admin.texts.name.institution')}</a>
      </p>
      {groups.map(({ name, values }) => (
        <Group key={name} title={t(`facts.group.${name}`)}>
          {values.map((value) => (
            <ThreeFields
              key={value}
              form={form}
              place={value}
              label={t(`facts.value.${value}`)}
              hint={value === 'dpoContact' ? t('facts.value.dpoContact.hint') : undefined}
            />
          ))}
        </Group>
      ))}
      <p class="muted small">{t('facts.versions')}</p>
    </ShownPage>
  )
}

/** `dpoContact.pl` -> "Kontakt z inspektorem ochrony danych (polski)". */
export const factLabel =
  ({ t }: StaffTranslator) =>
  (field: string): string => {
    const [name, language] = field.split('.')
    const words = t(`facts.value.${name as LegalValueName}`)
    const known = languages.find((one) => one === language)
    return known ? t('shown.inLanguage', { text: words, language: t(`shown.language.${known}`) }) : words
  }

import type { VNode } from 'preact'
import { type LegalValueName, shownTextNames } from '../../institution/facts-schema'
import type { StaffTranslator } from '../../platform/i18n/translator'
import { languages } from '../../texts/catalogue'
import { factsPath } from '../../staff/staff-places'
import { Group, OneField, type ShownForm, ThreeFields } from './shown-fields'
import { ShownPage } from './shown-page'

/** Who is responsible, whom to ask, and what the clauses say; in this order. */
const groups: readonly {
  name: 'controller' | 'basis' | 'retention' | 'rights'
  values: readonly LegalValueName[]
}[] = [
  {
    name: 'controller',
    values: ['administrator', 'administratorAddress', 'administratorContact', 'dpoContact'],
  },
  { name: 'basis', values: ['legalBasisVisit', 'legalBasisRecording', 'recipients', 'transferNote'] },
  { name: 'retention', values: ['retentionVisit', 'retentionRecording', 'retentionContact'] },
  { name: 'rights', values: ['authorityName', 'authorityAddress'] },
]

/** What the institution says of itself to everybody: name, address, phone, controller, inspector, clauses' values. */
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
      <Group title={t('facts.group.name')}>
        {shownTextNames.map((name) => (
          <ThreeFields
            key={name}
            form={form}
            place={`texts.${name}`}
            fieldOf={(language) => `texts.${language}.${name}`}
            label={t(`facts.text.${name}`)}
            hint={
              name === 'short' || name === 'smsPhone' || name === 'site'
                ? t(`facts.text.${name}.hint`)
                : undefined
            }
          />
        ))}
        <OneField
          form={form}
          field="phoneE164"
          type="tel"
          label={t('facts.phoneE164')}
          hint={t('facts.phoneE164.hint')}
        />
      </Group>
      {groups.map(({ name, values }) => (
        <Group key={name} title={t(`facts.group.${name}`)}>
          {values.map((value) => (
            <ThreeFields
              key={value}
              form={form}
              place={`legalValues.${value}`}
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

/** `texts.pl.name` -> "Pełna nazwa (polski)". */
export const factLabel =
  ({ t }: StaffTranslator) =>
  (field: string): string => {
    const [kind, second = '', third = ''] = field.split('.')
    if (kind === 'phoneE164') return t('facts.phoneE164')
    const [name, language] = kind === 'texts' ? [third, second] : [second, third]
    const words =
      kind === 'texts'
        ? t(`facts.text.${name as (typeof shownTextNames)[number]}`)
        : t(`facts.value.${name as LegalValueName}`)
    const known = languages.find((one) => one === language)
    return known ? t('shown.inLanguage', { text: words, language: t(`shown.language.${known}`) }) : words
  }

import type { VNode } from 'preact'
import type { DeclarationExtra, DeclarationValue } from '../../institution/declaration-schema'
import type { StaffTranslator } from '../../platform/i18n/translator'
import { languages } from '../../texts/catalogue'
import { declarationPath } from '../../staff/staff-places'
import { Confirm, Group, OneField, openPlaceholders, type ShownForm, ThreeFields } from './shown-fields'
import { ShownPage } from './shown-page'

const dateNames = ['published', 'updated', 'made', 'reviewed'] as const

/** What the accessibility declaration says about this institution. */
export const declarationPage = (form: ShownForm, state: { version: number; saved: boolean }): VNode => {
  const { staffTexts } = form.page
  const { t } = staffTexts
  const value = (name: DeclarationValue, rows?: number, hint?: string) => (
    <ThreeFields
      form={form}
      place={`values.${name}`}
      label={t(`declaration.value.${name}`)}
      {...{ rows, hint }}
    />
  )
  const extra = (name: DeclarationExtra, rows?: number, hint?: string) => (
    <ThreeFields
      form={form}
      place={`extras.${name}`}
      label={t(`declaration.extra.${name}`)}
      {...{ rows, hint }}
    />
  )
  return (
    <ShownPage
      {...{ form, ...state, path: declarationPath }}
      title={t('declaration.title')}
      lead={t('declaration.lead')}
      seenAt={{ path: '/dostepnosc', text: t('declaration.seenAt') }}
      labelOf={declarationLabel(staffTexts)}
    >
      <Group title={t('declaration.group.statement')} lead={t('declaration.group.statement.lead')}>
        {value('intro', 4, t('declaration.value.intro.hint', openPlaceholders))}
        <Choice form={form} field="compliance" options={['full', 'partial', 'none']} />
        {value('status', 3, t('declaration.value.status.hint'))}
        {extra('inaccessible', 4, t('declaration.extra.inaccessible.hint'))}
        {extra('exempt', 3, t('declaration.extra.exempt.hint'))}
        {extra('excessiveCost', 3, t('declaration.extra.excessiveCost.hint'))}
      </Group>
      <Group title={t('declaration.group.dates')} lead={t('declaration.group.dates.lead')}>
        <div class="shown-dates">
          {dateNames.map((name) => (
            <OneField
              key={name}
              form={form}
              field={`dates.${name}`}
              type="date"
              label={t(`declaration.date.${name}`)}
            />
          ))}
        </div>
        <Confirm form={form} place="dates" />
        <Choice form={form} field="method" options={['self', 'audit']} />
        {extra('auditor')}
      </Group>
      <Group title={t('declaration.group.contact')}>
        {value('person')}
        {value('email')}
        <OneField
          form={form}
          field="phoneE164"
          type="tel"
          label={t('declaration.phoneE164')}
          hint={t('declaration.phoneE164.hint')}
        />
        <ThreeFields
          form={form}
          place="procedure"
          rows={10}
          label={t('declaration.procedure')}
          hint={t('declaration.procedure.hint', openPlaceholders)}
        />
        {value('ombudsmanUrl')}
      </Group>
      <Group title={t('declaration.group.other')}>
        {value('architecture', 5)}
        {extra('architectureUrl')}
        {value('communication', 5)}
        {extra('apps', 3, t('declaration.extra.apps.hint'))}
      </Group>
    </ShownPage>
  )
}

type Chosen =
  | { field: 'compliance'; options: readonly ('full' | 'partial' | 'none')[] }
  | { field: 'method'; options: readonly ('self' | 'audit')[] }

const Choice = ({ form, field, options }: { form: ShownForm } & Chosen) => {
  const { t } = form.page.staffTexts
  return (
    <fieldset class="shown-choice">
      <legend>{t(`declaration.${field}`)}</legend>
      {options.map((option, index) => (
        <label key={option} class="ck">
          <input
            type="radio"
            id={index === 0 ? field : undefined}
            name={field}
            value={option}
            checked={form.fields[field] === option}
          />
          {t(`declaration.choice.${option}`)}
        </label>
      ))}
    </fieldset>
  )
}

/** `values.status.pl` -> "Stan zgodności (polski)". */
export const declarationLabel =
  ({ t }: StaffTranslator) =>
  (field: string): string => {
    const [kind, name = '', last = ''] = field.split('.')
    const [words, language] = ((): [string, string] => {
      switch (kind) {
        case 'dates':
          return [name === '' ? t('declaration.group.dates') : t(`declaration.date.${name as 'made'}`), '']
        case 'values':
          return [t(`declaration.value.${name as DeclarationValue}`), last]
        case 'extras':
          return [t(`declaration.extra.${name as DeclarationExtra}`), last]
        case 'procedure':
          return [t('declaration.procedure'), name]
        case 'compliance':
        case 'method':
          return [t(`declaration.${kind}`), '']
        default:
          return [t('declaration.phoneE164'), '']
      }
    })()
    const known = languages.find((one) => one === language)
    return known ? t('shown.inLanguage', { text: words, language: t(`shown.language.${known}`) }) : words
  }

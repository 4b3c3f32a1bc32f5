import type { VNode } from 'preact'
import { languages } from '../../texts/catalogue'
import { Button } from '../../ui/button'
import { ErrorSummary, errorOf, type FormError } from '../../ui/error-summary'
import { Field, Select } from '../../ui/field'
import { PublicFrame } from '../../ui/frame'
import { escapeHtml } from '../../ui/html'
import { CheckCard } from '../../ui/pick-card'
import type { Answers } from '../answers'
import type { Hold } from '../hold'
import { ChoicesAside } from './choices-aside'
import { HoldNotice } from './hold-notice'
import { type Fields, type Journey, journeyPath, textIn } from './journey'
import { frameOf, linkTo, type PageContext } from './page-context'

/** What stands in the fields: as typed, or the answers kept. */
export type DetailsFields = Readonly<Record<DetailsField, string>>

const detailsFields = [
  'firstName',
  'lastName',
  'phone',
  'email',
  'guardian',
  'guardianFirstName',
  'guardianLastName',
  'language',
] as const
type DetailsField = (typeof detailsFields)[number]

/** The fields as a person typed them, for showing them again. */
export const typedFields = (form: Fields): DetailsFields =>
  Object.fromEntries(detailsFields.map((name) => [name, textIn(form, name) ?? ''])) as DetailsFields

/** The answers kept, as fields. */
export const fieldsOf = ({ guardian, ...answers }: Answers): DetailsFields => ({
  ...answers,
  guardian: guardian ? 'yes' : '',
  guardianFirstName: guardian?.firstName ?? '',
  guardianLastName: guardian?.lastName ?? '',
})

export interface DetailsPageProps {
  hold: Hold
  journey: Journey
  /** The hold still stands; else the page says nothing of it until the form is sent. */
  held: boolean
  fields: DetailsFields | undefined
  errors?: readonly FormError[]
  asked?: 'extended' | 'extendedBefore' | undefined
}

const formId = 'dane'

/** Who comes and where messages go; opens the guardian's fields when a guardian takes part. */
export const detailsPage = (page: PageContext, props: DetailsPageProps): VNode => {
  const { t } = page.t
  const { hold, journey, held, fields, errors = [], asked } = props
  return (
    <PublicFrame
      {...frameOf(page)}
      title={t('details.title')}
      error={errors.length > 0}
      back={journeyPath.times(journey)}
      step={4}
      aside={<ChoicesAside page={page} journey={journey} time={hold} />}
    >
      <ErrorSummary t={page.t} errors={errors} />
      <h1 class="q">{t('details.title')}</h1>
      {held && <HoldNotice page={page} hold={hold} asked={asked} form={formId} />}
      <form id={formId} action={linkTo(page, `/rezerwacja/${hold.id}/dane`)} method="post" novalidate>
        <Person page={page} fields={fields} errors={errors} />
        <Guardian page={page} fields={fields} errors={errors} />
        <Select
          t={page.t}
          name="language"
          label={t('details.language.label')}
          hint={t('details.language.hint')}
          error={errorOf(errors, 'language')}
          optionsHtml={languageOptions(page, fields?.language ?? page.language)}
        />
        <div class="btns next">
          <Button>{t('ui.continue')}</Button>
        </div>
      </form>
    </PublicFrame>
  )
}

interface PartProps {
  page: PageContext
  fields: DetailsFields | undefined
  errors: readonly FormError[]
}

const Person = ({ page, fields, errors }: PartProps) => {
  const { t } = page.t
  return (
    <>
      <p class="hint">{t('details.name.hint')}</p>
      <Field
        t={page.t}
        name="firstName"
        label={t('details.firstName.label')}
        error={errorOf(errors, 'firstName')}
        value={fields?.firstName}
        autocomplete="given-name"
      />
      <Field
        t={page.t}
        name="lastName"
        label={t('details.lastName.label')}
        error={errorOf(errors, 'lastName')}
        value={fields?.lastName}
        autocomplete="family-name"
      />
      <Field
        t={page.t}
        name="phone"
        type="tel"
        label={t('details.phone.label')}
        hint={t('details.phone.hint')}
        error={errorOf(errors, 'phone')}
        value={fields?.phone}
        autocomplete="tel"
      />
      <Field
        t={page.t}
        name="email"
        type="email"
        label={t('details.email.label')}
        hint={t('details.email.hint')}
        error={errorOf(errors, 'email')}
        value={fields?.email}
        autocomplete="email"
      />
    </>
  )
}

const Guardian = ({ page, fields, errors }: PartProps) => {
  const { t } = page.t
  return (
    <div class="field">
      <CheckCard
        id="guardian"
        name="guardian"
        value="yes"
        label={t('details.guardian.label')}
        hint={t('details.guardian.hint')}
        checked={fields?.guardian === 'yes'}
        opens={
          <fieldset class="reveal">
            <legend class="legend">{t('details.guardian.legend')}</legend>
            <Field
              t={page.t}
              name="guardianFirstName"
              label={t('details.guardian.firstName.label')}
              error={errorOf(errors, 'guardianFirstName')}
              value={fields?.guardianFirstName}
              autocomplete="off"
            />
            <Field
              t={page.t}
              name="guardianLastName"
              label={t('details.guardian.lastName.label')}
              error={errorOf(errors, 'guardianLastName')}
              value={fields?.guardianLastName}
              autocomplete="off"
            />
            <p class="hint">{t('details.guardian.note')}</p>
          </fieldset>
        }
      />
    </div>
  )
}

const languageOptions = (page: PageContext, chosen: string): string =>
  languages
    .map((language) => {
      const selected = language === chosen ? ' selected' : ''
      return `<option value="${language}" lang="${language}"${selected}>${escapeHtml(page.t.t(`ui.language.${language}`))}</option>`
    })
    .join('')

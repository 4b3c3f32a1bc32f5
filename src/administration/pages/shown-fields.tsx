import type { ComponentChildren, VNode } from 'preact'
import type { ShownProblem, ShownProblemReason } from '../../institution/shown-problem'
import type { StaffPage } from '../../staff/pages/staff-frame'
import { languages } from '../../texts/catalogue'
import { confirmField, type Fields } from '../shown-form'

/** A form of the institution's data as it is shown. */
export interface ShownForm {
  page: StaffPage
  fields: Fields
  problems: readonly ShownProblem[]
  /** What lies in the database, where somebody else has changed it meanwhile. */
  storedNow: Fields | null
  /** Places of values that are samples still. */
  samples: readonly string[]
}

interface Labelled {
  label: string
  hint?: string | undefined
}

/** Texts may speak of a placeholder that stays as it is. */
export const openPlaceholders = {
  body: '{body}',
  scope: '{scope}',
  site: '{site}',
  url: '{url}',
  ombudsmanUrl: '{ombudsmanUrl}',
}

export const problemText = ({ staffTexts }: StaffPage, reason: ShownProblemReason): string =>
  staffTexts.t(`shown.problem.${reason}`, openPlaceholders)

const problemAt = ({ problems, page }: ShownForm, field: string): string | undefined => {
  const reason = problems.find((one) => one.field === field)?.reason
  return reason && problemText(page, reason)
}

const describedBy = (form: ShownForm, field: string, hintId: string | undefined) => {
  const problem = problemAt(form, field)
  const ids = [hintId, problem && `${field}-e`].filter(Boolean).join(' ')
  return {
    ...(ids !== '' && { 'aria-describedby': ids }),
    ...(problem && { 'aria-invalid': true as const }),
  }
}

/** What is wrong with a field, and what somebody else has put there meanwhile. */
const Below = ({ form, field }: { form: ShownForm; field: string }) => {
  const problem = problemAt(form, field)
  const other = form.storedNow?.[field]
  return (
    <>
      {problem && (
        <p class="bad small" id={`${field}-e`}>
          {problem}
        </p>
      )}
      {other !== undefined && other !== (form.fields[field] ?? '') && (
        <p class="small muted">{form.page.staffTexts.t('shown.storedNow', { text: other })}</p>
      )}
    </>
  )
}

interface OneProps extends Labelled {
  form: ShownForm
  field: string
  type?: 'text' | 'date' | 'tel'
}

/** A field that is the same in every language. */
export const OneField = ({ form, field, label, hint, type = 'text' }: OneProps) => (
  <div class="f shown-one">
    <label for={field}>{label}</label>
    {hint && (
      <p class="small muted" id={`${field}-h`}>
        {hint}
      </p>
    )}
    <input
      id={field}
      name={field}
      type={type}
      value={form.fields[field] ?? ''}
      autocomplete="off"
      {...describedBy(form, field, hint && `${field}-h`)}
    />
    <Below form={form} field={field} />
  </div>
)

interface ThreeProps extends Labelled {
  form: ShownForm
  /** Place of the value; its languages lie below it. */
  place: string
  /** Lines of a field for longer texts. */
  rows?: number | undefined
}

/** A text in each language, side by side. */
export const ThreeFields = ({ form, place, label, hint, rows }: ThreeProps) => {
  const { t } = form.page.staffTexts
  return (
    <fieldset class="shown-three" data-place={place}>
      <legend>
        {label}
        {form.samples.includes(place) && <span class="tag tag-wait">{t('shown.sample')}</span>}
      </legend>
      {hint && (
        <p class="small muted" id={`${place}-h`}>
          {hint}
        </p>
      )}
      <div class="three">
        {languages.map((language) => {
          const field = `${place}.${language}`
          const input = {
            id: field,
            name: field,
            lang: language,
            ...describedBy(form, field, hint && `${place}-h`),
          }
          const value = form.fields[field] ?? ''
          return (
            <div key={language} class="f">
              <label for={field}>
                <span class="hide">{label}, </span>
                {t(`shown.language.${language}`)}
              </label>
              {rows === undefined ? (
                <input {...input} value={value} autocomplete="off" />
              ) : (
                <textarea {...input} rows={rows} value={value} />
              )}
              <Below form={form} field={field} />
            </div>
          )
        })}
      </div>
      <Confirm form={form} place={place} />
    </fieldset>
  )
}

/** A sample may be right as it is: then somebody says so. */
export const Confirm = ({ form, place }: { form: ShownForm; place: string }) =>
  form.samples.includes(place) ? (
    <label class="ck">
      <input
        type="checkbox"
        name={confirmField(place)}
        checked={form.fields[confirmField(place)] !== undefined}
      />
      {form.page.staffTexts.t('shown.confirm')}
    </label>
  ) : null

export const Group = ({
  title,
  lead,
  children,
}: {
  title: string
  lead?: string
  children: ComponentChildren
}): VNode => (
  <section class="card shown-group">
    <h2>{title}</h2>
    {lead && <p class="muted small">{lead}</p>}
    {children}
  </section>
)

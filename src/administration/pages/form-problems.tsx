import type { StaffTranslator } from '../../platform/i18n/translator'
import { Icon } from '../../ui/icons'

/** What is wrong with a form, and the id of the field that it is about. */
export interface FormProblem {
  field?: string
  text: string
}

/** First in a page that answers a form with mistakes; takes the focus, each line leads to its field. */
export const FormProblems = ({
  texts: { t },
  problems,
}: {
  texts: StaffTranslator
  problems: readonly FormProblem[]
}) =>
  problems.length === 0 ? null : (
    <div class="n n-warn problems" role="alert" tabIndex={-1} autofocus aria-label={t('form.problems')}>
      <Icon name="alert" size={20} />
      <ul>
        {problems.map(({ field, text }) => (
          <li key={text}>{field === undefined ? text : <a href={`#${field}`}>{text}</a>}</li>
        ))}
      </ul>
    </div>
  )

/** Marks a field that one of the problems is about. */
export const invalid = (problems: readonly FormProblem[], field: string) =>
  problems.some((problem) => problem.field === field) ? ({ 'aria-invalid': true } as const) : {}

import type { StaffTranslator } from '../../platform/i18n/translator'
import { Icon } from '../../ui/icons'

/** What is wrong with a form, and where that is seen: the id of its field, or another page. */
export interface FormProblem {
  field?: string
  href?: string
  text: string
}

/** First in a page that answers a form with mistakes; takes the focus, each line leads to its field. */
export const FormProblems = ({
  texts: { t },
  problems,
}: {
  texts: StaffTranslator
  problems: readonly FormProblem[]
}) => {
  // What nobody typed wrong, such as a change of somebody else, is no mistake to mend
  const mistakes = problems.filter(({ field }) => field !== undefined).length
  return problems.length === 0 ? null : (
    <div class="n n-bad problems" role="alert" tabIndex={-1} autofocus>
      <Icon name="alert" size={20} />
      <div>
        {mistakes > 0 && (
          <p>
            <b>{t('form.problems', { n: mistakes })}</b>
          </p>
        )}
        <ul>
          {problems.map((problem) => (
            <li key={problem.text}>
              <Line {...problem} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

const Line = ({ field, href = field && `#${field}`, text }: FormProblem) =>
  href === undefined ? <>{text}</> : <a href={href}>{text}</a>

/** Marks a field that one of the problems is about. */
export const invalid = (problems: readonly FormProblem[], field: string) =>
  problems.some((problem) => problem.field === field) ? ({ 'aria-invalid': true } as const) : {}

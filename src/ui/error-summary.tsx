import type { Translator } from '../platform/i18n/translator'
import { Icon } from './icons'

/** What is wrong and which field says so; without a field it concerns the page. */
export interface FormError {
  field?: string
  text: string
}

/** The text of a field's mistake, for the field itself. */
export const errorOf = (errors: readonly FormError[], field: string): string | undefined =>
  errors.find((error) => error.field === field)?.text

/** First in a page that answers a form with mistakes; takes the focus, each line leads to its field. */
export const ErrorSummary = ({ t: { t }, errors }: { t: Translator; errors: readonly FormError[] }) =>
  errors.length === 0 ? null : (
    <div class="errors" role="alert" tabIndex={-1} autofocus aria-labelledby="errors-title">
      <h2 id="errors-title">
        <Icon name="cross" size={28} />
        {t('ui.errorSummary.title', { n: errors.length })}
      </h2>
      <ul>
        {errors.map(({ field, text }) => (
          <li key={field ?? text}>
            {field === undefined ? <p>{text}</p> : <a href={`#${field}`}>{text}</a>}
          </li>
        ))}
      </ul>
    </div>
  )

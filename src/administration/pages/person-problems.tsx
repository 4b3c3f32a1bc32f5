import type { StaffPage } from '../../staff/pages/staff-frame'
import type { FormError } from '../../ui/error-summary'
import { Icon } from '../../ui/icons'

/** What is wrong with the form of an account, first on the page; each line leads to its field. */
export const PersonProblems = ({ page, errors }: { page: StaffPage; errors: readonly FormError[] }) =>
  errors.length === 0 ? null : (
    <div class="n n-bad" role="alert" tabIndex={-1} autofocus>
      <Icon name="alert" size={20} />
      <div>
        <b>{page.texts.t('ui.errorSummary.title', { n: errors.length })}</b>
        <ul>
          {errors.map(({ field, text }) => (
            <li key={text}>{field === undefined ? text : <a href={`#${field}`}>{text}</a>}</li>
          ))}
        </ul>
      </div>
    </div>
  )

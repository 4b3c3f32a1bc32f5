import { type AreaProblem, isWarning } from '../../institution/areas/area-problem'
import type { StaffTranslator } from '../../platform/i18n/translator'
import type { StaffPage } from '../../staff/pages/staff-frame'

/** What is wrong with a line, and how to mend it. */
export const problemWords = ({ t }: StaffTranslator, { kind, other = 0 }: AreaProblem) => ({
  what: t(`admin.areas.problem.${kind}`, { other }),
  mend: t(`admin.areas.mend.${kind}`),
})

export const shownProblems = 500

interface ProblemsProps {
  page: StaffPage
  problems: readonly AreaProblem[]
}

/** A row for each bad line; the page shows the first, the file all that are kept. */
export const AreasProblems = ({ page: { staffTexts }, problems }: ProblemsProps) => {
  const { t } = staffTexts
  return (
    <div class="scroll areas-problems" tabIndex={0} role="group" aria-labelledby="bledy">
      <table class="t">
        <thead>
          <tr>
            <th scope="col" class="num">
              {t('admin.areas.column.line')}
            </th>
            <th scope="col">{t('admin.areas.column.value')}</th>
            <th scope="col">{t('admin.areas.column.what')}</th>
            <th scope="col">{t('admin.areas.column.mend')}</th>
          </tr>
        </thead>
        <tbody>
          {problems.slice(0, shownProblems).map((problem) => {
            const { what, mend } = problemWords(staffTexts, problem)
            const warning = isWarning(problem)
            return (
              <tr key={`${problem.line} ${problem.kind}`} data-problem={problem.kind}>
                <td class="num">{problem.line}</td>
                <td>
                  <code>{problem.value}</code>
                </td>
                <td>
                  <span class={warning ? 'tag tag-wait' : 'tag tag-bad'}>
                    {t(warning ? 'admin.areas.kind.warning' : 'admin.areas.kind.error')}
                  </span>{' '}
                  {what}
                </td>
                <td>{mend}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

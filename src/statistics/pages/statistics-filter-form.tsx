import { statisticsPath } from '../../staff/staff-places'
import { type FormProblem, FormProblems, invalid } from '../../staff/pages/form-problems'
import type { StaffPage } from '../../staff/pages/staff-frame'
import { isDay } from '../../platform/zone'
import { Icon } from '../../ui/icons'
import { longestPeriod } from '../period'
import { periodNames } from '../statistics-filter'
import type { ShownChoice } from './shown-statistics'
import { FilterSelect } from '../../staff/pages/filter-select'

const dayFields = { from: 'od', to: 'do' } as const

/** Branch, topic and days of one's own. */
export const StatisticsFilterForm = ({
  page,
  shown: { filter, branches, topics },
}: {
  page: StaffPage
  shown: ShownChoice
}) => {
  const { t } = page.staffTexts
  const { branch, topic, typed } = filter
  const problems = filter.problems.map(({ day, reason }): FormProblem => ({
    field: dayFields[day],
    text: t(`stats.filter.error.${reason}`, { days: longestPeriod }),
  }))
  const day = (name: 'od' | 'do', text: 'recordings.filter.from' | 'recordings.filter.to', value: string) => (
    <div class="f">
      <label for={name}>{t(text)}</label>
      <input
        id={name}
        name={name}
        // A field for days would drop what is none
        type={value === '' || isDay(value) ? 'date' : 'text'}
        required
        value={value}
        {...invalid(problems, name)}
      />
    </div>
  )
  return (
    <>
      <FormProblems texts={page.staffTexts} problems={problems} />
      <form class="filter" method="get" action={statisticsPath} role="search" aria-label={t('stats.filter')}>
        <input type="hidden" name="okres" value={periodNames.own} />
        {branches.length > 1 && (
          <FilterSelect
            name="oddzial"
            label={t('recordings.filter.branch')}
            all={t('recordings.filter.branch.all')}
            value={branch?.code}
            options={branches.map(({ code, name }) => [code, name] as const)}
          />
        )}
        <FilterSelect
          name="temat"
          label={t('desk.visit.topic')}
          all={t('recordings.filter.topic.all')}
          value={topic?.code}
          options={topics.map(({ code, texts }) => [code, texts.pl.name] as const)}
        />
        {day('od', 'recordings.filter.from', typed.from)}
        {day('do', 'recordings.filter.to', typed.to)}
        <div class="row">
          <button class="b b-go">
            <Icon name="chart" size={20} />
            {t('stats.filter.button')}
          </button>
          <a href={statisticsPath}>{t('recordings.filter.clear')}</a>
        </div>
      </form>
    </>
  )
}

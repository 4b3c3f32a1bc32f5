import type { VNode } from 'preact'
import { dateWords } from '../../platform/i18n/dates'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { Icon } from '../../ui/icons'
import { csvAddress, dailyName } from '../statistics-addresses'
import { FigureView } from './figure-view'
import { KeyFigures } from './key-figures'
import { Periods } from './periods'
import type { Part, ShownChoice, ShownStatistics } from './shown-statistics'
import { StatisticsFilterForm } from './statistics-filter-form'

/** Figures with their meaning first, then charts, each with its table and a file of it. */
export const statisticsPage = (page: StaffPage, shown: ShownStatistics): VNode => {
  const { t } = page.staffTexts
  const { statistics, figures, filter } = shown
  return (
    <StaffFrame page={page} title={t('desk.nav.statistics')} current="statistics">
      <main class="page">
        <div class="bar-top">
          <div>
            <h1>{t('desk.nav.statistics')}</h1>
            <p class="muted small">{whatIsCounted({ page, shown })}</p>
          </div>
          <span class="grow" />
          <Periods page={page} shown={shown} />
          <a class="b" href={csvAddress(dailyName, filter)} download title={t('stats.daily.title')}>
            <Icon name="download" size={20} />
            {t('admin.export')}
          </a>
        </div>
        <div class="body" tabIndex={0} role="region" aria-label={t('stats.region')}>
          <StatisticsFilterForm page={page} shown={shown} />
          <KeyFigures page={page} statistics={statistics} />
          <div class="charts">
            {figures.map((figure) => (
              <FigureView
                key={figure.name}
                page={page}
                figure={figure}
                csv={csvAddress(figure.name, filter)}
              />
            ))}
          </div>
        </div>
      </main>
    </StaffFrame>
  )
}

/** Days that cannot be counted: what is wrong with them, and no figures. */
export const uncountedPage = (page: StaffPage, shown: ShownChoice): VNode => {
  const { t } = page.staffTexts
  return (
    <StaffFrame page={page} title={t('desk.nav.statistics')} current="statistics" failed>
      <main class="page">
        <div class="bar-top">
          <h1>{t('desk.nav.statistics')}</h1>
        </div>
        <div class="body">
          <StatisticsFilterForm page={page} shown={shown} />
        </div>
      </main>
    </StaffFrame>
  )
}

function whatIsCounted({ page, shown: { filter, branches, timeZone } }: Part): string {
  const { branch, topic, period } = filter
  const [only] = branches
  const where =
    branch ??
    (branches.length === 1 && only ? only : { name: page.staffTexts.t('recordings.filter.branch.all') })
  const days = `${dateWords(period.from, 'pl', timeZone)} – ${dateWords(period.to, 'pl', timeZone)}`
  return [where.name, days, ...(topic ? [topic.texts.pl.name] : [])].join(' · ')
}

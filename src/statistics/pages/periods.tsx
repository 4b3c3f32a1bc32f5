import { Icon } from '../../ui/icons'
import { ownPeriod, type DayRange, type Period, periodAround } from '../period'
import { statisticsAddress } from '../statistics-addresses'
import type { Part } from './shown-statistics'

const kinds = ['month', 'quarter', 'year'] as const

/** Month, quarter or year, and the one before and after. */
export const Periods = ({ page, shown: { filter, statistics } }: Part) => {
  const { t } = page.staffTexts
  const { period } = filter
  const address = (other: Period) => statisticsAddress({ ...filter, period: other })
  // The kind changes around today while today is shown, else around what is shown
  const around =
    period.from <= statistics.today && statistics.today <= period.to ? statistics.today : period.from
  return (
    <nav class="row" aria-label={t('stats.periods')}>
      <a
        class="b b-icon"
        href={address(moved(period, period.before))}
        rel="prev"
        aria-label={t('stats.periods.before')}
      >
        <Icon name="back" size={20} />
      </a>
      <div class="seg">
        {kinds.map((kind) => (
          <a
            key={kind}
            href={address(periodAround(kind, around))}
            aria-current={period.kind === kind ? 'true' : undefined}
          >
            {t(`stats.period.${kind}`)}
          </a>
        ))}
      </div>
      <a
        class="b b-icon"
        href={address(moved(period, period.after))}
        rel="next"
        aria-label={t('stats.periods.after')}
      >
        <Icon name="next" size={20} />
      </a>
    </nav>
  )
}

function moved(period: Period, range: DayRange): Period {
  if (period.kind !== 'own') return periodAround(period.kind, range.from)
  const own = ownPeriod(range)
  return typeof own === 'string' ? period : own
}

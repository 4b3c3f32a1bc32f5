import type { ComponentChildren } from 'preact'
import type { StaffPage } from '../../staff/pages/staff-frame'
import { aheadOf, cancelledOf, heldOf, type Measure, missedOf, quantile, spreadOf } from '../counted'
import { half, nineOfTen } from '../figures/minutes-figures'
import { occupancyWords } from '../figures/occupancy-figures'
import { changeOf, decimal, grouped, percent } from '../../platform/i18n/numbers'
import { notTaken, partedByToday, seatsTogether } from '../occupancy'
import { daysIn } from '../period'
import { ratingsOf } from '../ratings'
import type { Statistics } from '../read-statistics'
import { sumOf } from '../unmet'

/** The numbers that are looked at first, each with what it means. */
export const KeyFigures = ({ page, statistics }: { page: StaffPage; statistics: Statistics }) => {
  const { t } = page.staffTexts
  const { total, unmet, rows } = statistics
  const passed = total.booked - aheadOf(total)
  const ratings = ratingsOf(statistics.ratings)
  const minutes = (measure: Measure) => {
    const spread = spreadOf(rows, measure)
    const [middle, most] = [quantile(spread, half), quantile(spread, nineOfTen)]
    return (
      <KeyFigure
        name={t(`stats.key.${measure as 'waiting' | 'startLate' | 'lasting'}`)}
        value={middle === null ? '–' : t('stats.minutes', { n: middle })}
      >
        {most === null ? t('stats.noneHeld') : t('stats.key.nineOfTen', { n: most })}
      </KeyFigure>
    )
  }
  return (
    <dl class="kpis">
      <KeyFigure name={t('stats.booked')} value={grouped(total.booked)}>
        {changeWords(page, statistics)}
      </KeyFigure>
      <KeyFigure name={t('stats.key.held')} value={grouped(heldOf(total))}>
        {t('stats.key.held.share', { share: percent(heldOf(total), passed) })}
      </KeyFigure>
      <KeyFigure name={t('stats.key.cancelled')} value={grouped(cancelledOf(total))}>
        {t('stats.key.byWhom', byWhom(total.cancelledByClient, total.cancelledByInstitution))}
      </KeyFigure>
      <KeyFigure name={t('stats.key.missed')} value={grouped(missedOf(total))}>
        {t('stats.key.byWhom', byWhom(total.missedByClient, total.missedByInstitution))}
      </KeyFigure>
      <KeyFigure name={t('stats.key.unmet')} value={grouped(sumOf(unmet))}>
        {t('stats.key.unmet.what')}
      </KeyFigure>
      <KeyFigure name={t('stats.key.ahead')} value={grouped(aheadOf(total))}>
        {t('stats.key.ahead.what')}
      </KeyFigure>
      <SeatFigures page={page} statistics={statistics} />
      {minutes('waiting')}
      {minutes('startLate')}
      {minutes('lasting')}
      <KeyFigure name={t('stats.key.rating')} value={ratings ? decimal(ratings.average) : '–'}>
        {ratings ? t('stats.key.rating.count', { n: ratings.count }) : t('stats.rating.few')}
      </KeyFigure>
    </dl>
  )
}

/** How full the times were, and how many are still free. */
const SeatFigures = ({
  page,
  statistics: { occupancy, today },
}: {
  page: StaffPage
  statistics: Statistics
}) => {
  const { t } = page.staffTexts
  const { past, ahead } = partedByToday(occupancy?.days ?? [], today)
  const seats = seatsTogether(past)
  const what = (words: string) => (occupancy ? words : t('stats.key.occupancy.topic'))
  return (
    <>
      <KeyFigure name={t('stats.key.occupancy')} value={occupancyWords(seats)}>
        {what(
          t('stats.key.occupancy.what', { taken: grouped(seats.taken), offered: grouped(seats.offered) }),
        )}
      </KeyFigure>
      <KeyFigure name={t('stats.key.free')} value={occupancy ? grouped(notTaken(seatsTogether(ahead))) : '–'}>
        {what(t('stats.key.free.what'))}
      </KeyFigure>
    </>
  )
}

const byWhom = (client: number, institution: number) => ({
  client: grouped(client),
  institution: grouped(institution),
})

const KeyFigure = ({
  name,
  value,
  children,
}: {
  name: string
  value: string
  children: ComponentChildren
}) => (
  <div class="kpi">
    <dt>{name}</dt>
    <dd>{value}</dd>
    <dd class="what">{children}</dd>
  </div>
)

function changeWords({ staffTexts: { t } }: StaffPage, { compared, period }: Statistics): string {
  if (!compared) return t('stats.change.notBegun')
  const change = changeOf(compared.now.outcomes.booked, compared.before.outcomes.booked)
  if (change === null) return t('stats.change.none')
  const isWhole = compared.now.range.to === period.to
  return isWhole
    ? t(`stats.change.${period.kind}`, { change })
    : t('stats.change.part', { change, days: daysIn(compared.now.range) })
}

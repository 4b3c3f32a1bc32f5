import { StackedColumns } from '../charts/stacked-columns'
import { aheadOf, cancelledOf, heldOf, missedOf, totalOf } from '../counted'
import { grouped } from '../../platform/i18n/numbers'
import type { MakeFigure } from './figure'
import { overTime } from './over-time'

/** What became of the visits, day by day, week by week or month by month. */
export const visitsFigure: MakeFigure = ({ rows, period }, { t }) => {
  const { step, parts } = overTime(rows, period)
  const totals = parts.map(({ label, range, rows: of }) => ({ label, range, total: totalOf(of) }))
  const kinds = [
    { kind: 'c-held', text: t('stats.held'), of: heldOf },
    { kind: 'c-ahead', text: t('stats.ahead'), of: aheadOf },
    { kind: 'c-cancelled', text: t('stats.cancelled'), of: cancelledOf },
    { kind: 'c-missed', text: t('stats.missed'), of: missedOf },
  ]
  const used = kinds.filter(({ of }) => totals.some(({ total }) => of(total) > 0))
  const sorted = [...totals].sort((one, other) => one.total.booked - other.total.booked)
  const [least, most] = [sorted[0], sorted.at(-1)]
  const finding = t('stats.visits.finding', {
    all: grouped(totalOf(rows).booked),
    least: grouped(least?.total.booked ?? 0),
    leastAt: least?.label ?? '',
    most: grouped(most?.total.booked ?? 0),
    mostAt: most?.label ?? '',
  })
  return {
    name: 'wizyty',
    title: t(`stats.visits.by.${step}`),
    legend: used,
    chart: (
      <StackedColumns
        columns={totals.map(({ label, total }) => ({ label, parts: used.map(({ of }) => of(total)) }))}
        kinds={used.map(({ kind }) => kind)}
        finding={finding}
      />
    ),
    table: {
      columns: [
        t(`stats.step.${step}`),
        t('stats.booked'),
        t('stats.column.completed'),
        t('stats.column.endedEarly'),
        t('stats.column.cancelledByClient'),
        t('stats.column.cancelledByInstitution'),
        t('stats.column.missedByClient'),
        t('stats.column.missedByInstitution'),
        t('stats.ahead'),
      ],
      rows: totals.map(({ range, total }) => [
        range.from,
        total.booked,
        total.completed,
        total.endedEarly,
        total.cancelledByClient,
        total.cancelledByInstitution,
        total.missedByClient,
        total.missedByInstitution,
        aheadOf(total),
      ]),
    },
    ...(rows.length === 0 && { empty: t('stats.none') }),
  }
}

import { HeatTable } from '../charts/heat-table'
import { grouped } from '../../platform/i18n/numbers'
import { loadOf } from '../load'
import type { MakeFigure } from './figure'

/** How the visits lie on weekdays and hours. */
export const loadFigure: MakeFigure = ({ rows }, { t }) => {
  const load = loadOf(rows)
  const days = load.days.map(({ weekday, visits, all }) => ({
    name: t(`stats.weekday.${weekday}`),
    visits,
    all,
  }))
  const hours = load.hours.map((hour) => `${hour}:00`)
  return {
    name: 'obciazenie',
    title: t('stats.load.title'),
    lead: t('stats.load.lead'),
    chart: (
      <HeatTable
        label={t('stats.load.title')}
        corner={t('stats.load.weekday')}
        columns={hours}
        rows={days.map(({ name, visits, all }) => ({
          name,
          cells: visits.map((value) => ({ value, text: grouped(value) })),
          all: grouped(all),
        }))}
        sum={t('stats.load.sum')}
      />
    ),
    chartIsTable: true,
    table: {
      columns: [t('stats.load.weekday'), ...hours, t('stats.load.sum')],
      rows: days.map(({ name, visits, all }) => [name, ...visits, all]),
    },
    ...(load.hours.length === 0 && { empty: t('stats.none') }),
  }
}

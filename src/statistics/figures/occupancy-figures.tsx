import { Bars } from '../charts/bars'
import { HeatTable } from '../charts/heat-table'
import { StackedColumns } from '../charts/stacked-columns'
import { percent } from '../../platform/i18n/numbers'
import {
  notTaken,
  occupancy as shareOf,
  occupancyWeek,
  partedByToday,
  type Seats,
  seatsTogether,
} from '../occupancy'
import type { Statistics } from '../read-statistics'
import type { Figure, MakeFigure } from './figure'
import { overTime } from './over-time'

type Texts = Parameters<MakeFigure>[1]

/** '63 %'; a dash where nothing was offered. */
export const occupancyWords = ({ offered, taken }: Seats): string => percent(taken, offered)

/** As a number for files: whole percent. */
const inPercent = (seats: Seats): number | null => {
  const share = shareOf(seats)
  return share === null ? null : Math.round(share * 100)
}
const seatCells = (seats: Seats) => [seats.offered, seats.taken, inPercent(seats)]
const seatColumns = ({ t }: Texts) => [
  t('stats.seats.offered'),
  t('stats.seats.taken'),
  t('stats.seats.share'),
]

/** Said instead of the figures of seats where there are none. */
const emptyOf = ({ occupancy }: Statistics, all: readonly Seats[], { t }: Texts): Pick<Figure, 'empty'> => {
  if (!occupancy) return { empty: t('stats.seats.topic') }
  return seatsTogether(all).offered === 0 ? { empty: t('stats.seats.none') } : {}
}

/** How many seats were offered and taken, day by day, week by week or month by month; those ahead too. */
export const seatsFigure: MakeFigure = (statistics, texts) => {
  const { t } = texts
  const { occupancy, period, today } = statistics
  const days = occupancy?.days ?? []
  const { step, parts } = overTime(days, period)
  const totals = parts.map(({ label, range, rows }) => {
    const { past, ahead } = partedByToday(rows, today)
    const over = seatsTogether(past)
    const free = notTaken(seatsTogether(ahead))
    return { label, range, all: seatsTogether(rows), over, unused: notTaken(over), free }
  })
  const kinds = [
    { kind: 'c-held', text: t('stats.seats.taken'), of: ({ all }: (typeof totals)[number]) => all.taken },
    { kind: 'c-unused', text: t('stats.seats.unused'), of: ({ unused }: (typeof totals)[number]) => unused },
    { kind: 'c-ahead', text: t('stats.seats.free'), of: ({ free }: (typeof totals)[number]) => free },
  ]
  const used = kinds.filter(({ of }) => totals.some((total) => of(total) > 0))
  const sorted = totals
    .filter(({ over }) => over.offered > 0)
    .sort((one, other) => (shareOf(one.over) ?? 0) - (shareOf(other.over) ?? 0))
  const [least, most] = [sorted[0], sorted.at(-1)]
  return {
    name: 'terminy',
    title: t(`stats.seats.by.${step}`),
    lead: t('stats.seats.lead'),
    legend: used,
    chart: (
      <StackedColumns
        columns={totals.map((total) => ({ label: total.label, parts: used.map(({ of }) => of(total)) }))}
        kinds={used.map(({ kind }) => kind)}
        finding={t('stats.seats.finding', {
          all: occupancyWords(seatsTogether(totals.map(({ over }) => over))),
          least: least ? occupancyWords(least.over) : '–',
          leastAt: least?.label ?? '',
          most: most ? occupancyWords(most.over) : '–',
          mostAt: most?.label ?? '',
        })}
      />
    ),
    table: {
      columns: [
        t(`stats.step.${step}`),
        ...seatColumns(texts),
        t('stats.seats.unused'),
        t('stats.seats.free'),
      ],
      rows: totals.map(({ range, all, unused, free }) => [range.from, ...seatCells(all), unused, free]),
    },
    ...emptyOf(statistics, days, texts),
  }
}

/** The share of seats taken on weekdays and hours. */
export const occupancyWeekFigure: MakeFigure = (statistics, texts) => {
  const { t } = texts
  const rows = statistics.occupancy?.hours ?? []
  const week = occupancyWeek(rows)
  const hours = week.hours.map((hour) => `${hour}:00`)
  const days = week.days.map(({ weekday, ...of }) => ({ name: t(`stats.weekday.${weekday}`), ...of }))
  return {
    name: 'oblozenie',
    title: t('stats.occupancy.title'),
    lead: t('stats.occupancy.lead'),
    chart: (
      <HeatTable
        label={t('stats.occupancy.when')}
        corner={t('stats.load.weekday')}
        columns={hours}
        rows={days.map(({ name, seats, all }) => ({
          name,
          cells: seats.map((of) => ({ value: shareOf(of), text: occupancyWords(of) })),
          all: occupancyWords(all),
        }))}
        sum={t('stats.load.sum')}
        most={1}
      />
    ),
    table: {
      columns: [t('stats.occupancy.when'), ...seatColumns(texts)],
      rows: days.flatMap(({ name, seats }) =>
        seats.flatMap((of, index) =>
          of.offered === 0 ? [] : [[`${name} ${hours[index] ?? ''}`, ...seatCells(of)]],
        ),
      ),
    },
    ...emptyOf(statistics, rows, texts),
  }
}

/** More bars than this are no picture any more; the table has all of them. */
const mostBars = 8

/** The share of seats taken at each branch, the fullest first. */
export const occupancyBranchesFigure: MakeFigure = (statistics, texts) => {
  const { t } = texts
  const rows = statistics.occupancy?.byBranch ?? []
  if (rows.length === 0) return undefined
  const named = rows.map((of) => ({ label: statistics.names.branches.get(of.branchId) ?? '', of }))
  const bars = named
    .slice(0, mostBars)
    .map(({ label, of }) => ({ label, value: inPercent(of) ?? 0, text: occupancyWords(of) }))
  return {
    name: 'oblozenie-oddzialow',
    title: t('stats.occupancy.branches.title'),
    lead: t('stats.occupancy.branches.lead', { shown: bars.length, all: rows.length }),
    chart: (
      <Bars bars={bars} kind="bar-a" finding={bars.map(({ label, text }) => `${label} ${text}`).join(', ')} />
    ),
    table: {
      columns: [t('stats.column.branch'), ...seatColumns(texts)],
      rows: named.map(({ label, of }) => [label, ...seatCells(of)]),
    },
  }
}

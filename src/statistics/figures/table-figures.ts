import type { StaffTranslator } from '../../platform/i18n/translator'
import { aheadOf, cancelledOf, heldOf, missedOf, type Outcomes, totalOf } from '../counted'
import { changeOf, dayWords, percent } from '../../platform/i18n/numbers'
import { areaName } from '../unmet'
import type { FigureTable, MakeFigure } from './figure'

const outcomeColumns = [
  'stats.booked',
  'stats.held',
  'stats.cancelled',
  'stats.missed',
  'stats.ahead',
] as const

const outcomeCells = (of: Outcomes): number[] => [
  of.booked,
  heldOf(of),
  cancelledOf(of),
  missedOf(of),
  aheadOf(of),
]

/** The visits of each topic. */
export const topicsFigure: MakeFigure = ({ rows, names }, { t }) => {
  const table: FigureTable = {
    columns: [t('stats.column.topic'), ...outcomeColumns.map((key) => t(key))],
    rows: [...names.topics].flatMap(([id, name]) => {
      const of = rows.filter(({ topicId }) => topicId === id)
      return of.length === 0 ? [] : [[name, ...outcomeCells(totalOf(of))]]
    }),
  }
  const empty = table.rows.length === 0 && { empty: t('stats.none') }
  return { name: 'tematy', title: t('stats.topics.title'), table, ...empty }
}

/** The visits of each branch, the busiest first. */
export const branchesFigure: MakeFigure = ({ byBranch, names }, { t }) =>
  byBranch.length === 0
    ? undefined
    : {
        name: 'oddzialy',
        title: t('stats.branches.title'),
        table: {
          columns: [
            t('stats.column.branch'),
            ...outcomeColumns.map((key) => t(key)),
            t('stats.column.missedShare'),
          ],
          rows: byBranch.map((of) => [
            names.branches.get(of.branchId) ?? '',
            ...outcomeCells(of),
            percent(missedOf(of), of.booked - aheadOf(of)),
          ]),
        },
      }

/** Where people found no time, by postal area, and when there is one now. */
export const areasFigure: MakeFigure = ({ areas }, { t }) => ({
  name: 'brak-terminow-kody',
  title: t('stats.areas.title'),
  lead: t('stats.areas.lead'),
  table: {
    columns: [t('stats.column.area'), t('stats.column.searches'), t('stats.column.nearest')],
    rows: areas.map(({ area, searches, nearestInDays }) => [
      area === '' ? t('stats.areas.list') : areaName(area),
      searches,
      inDays(nearestInDays, t),
    ]),
  },
  ...(areas.length === 0 && { empty: t('stats.unmet.none') }),
})

function inDays(days: number | null, t: StaffTranslator['t']): string {
  if (days === null) return t('stats.areas.noTime')
  if (days <= 0) return t('stats.areas.today')
  return days === 1 ? t('stats.areas.tomorrow') : t('stats.areas.inDays', { n: days })
}

/** Every number beside that of the period before. */
export const comparisonFigure: MakeFigure = ({ compared }, { t }) => {
  if (!compared) return undefined
  const { now, before } = compared
  const row = (name: string, of: (outcomes: Outcomes) => number) =>
    cells(name, of(now.outcomes), of(before.outcomes))
  const cells = (name: string, one: number, other: number) => [name, one, other, changeOf(one, other) ?? '–']
  const named = ({ from, to }: { from: string; to: string }) =>
    t('stats.comparison.range', { from: dayWords(from), to: dayWords(to) })
  return {
    name: 'porownanie',
    title: t('stats.comparison.title'),
    table: {
      columns: [t('stats.column.what'), named(now.range), named(before.range), t('stats.column.change')],
      rows: [
        row(t('stats.booked'), ({ booked }) => booked),
        row(t('stats.column.completed'), ({ completed }) => completed),
        row(t('stats.column.endedEarly'), ({ endedEarly }) => endedEarly),
        row(t('stats.column.cancelledByClient'), (of) => of.cancelledByClient),
        row(t('stats.column.cancelledByInstitution'), (of) => of.cancelledByInstitution),
        row(t('stats.column.missedByClient'), (of) => of.missedByClient),
        row(t('stats.column.missedByInstitution'), (of) => of.missedByInstitution),
        cells(t('stats.unmet.title'), now.unmet, before.unmet),
        ...(now.seats && before.seats
          ? [
              cells(t('stats.seats.offered'), now.seats.offered, before.seats.offered),
              cells(t('stats.seats.taken'), now.seats.taken, before.seats.taken),
            ]
          : []),
      ],
    },
  }
}

import { Bars } from '../charts/bars'
import { earlyEndReasons } from '../../contract/visit-state'
import { grouped } from '../../platform/i18n/numbers'
import { ratingsOf } from '../ratings'
import { spreadOf } from '../counted'
import { sumOf } from '../unmet'
import type { MakeFigure } from './figure'

interface Bar {
  label: string
  value: number
}

/** More bars than this are no picture any more; the table has all of them. */
const mostBars = 8

const findingOf = (bars: readonly Bar[]): string =>
  bars.map(({ label, value }) => `${label} ${grouped(value)}`).join(', ')

const chartOf = (bars: readonly Bar[], kind: 'bar-a' | 'bar-b' | 'bar-c') => {
  const shown = bars.slice(0, mostBars)
  return <Bars bars={shown} kind={kind} finding={findingOf(shown)} />
}

const rowsOf = (bars: readonly Bar[]) => bars.map(({ label, value }) => [label, value])

/** Where people found no time, by topic. */
export const unmetTopicsFigure: MakeFigure = ({ unmet, names }, { t }) => {
  const bars = [...names.topics]
    .map(([id, label]) => ({ label, value: sumOf(unmet.filter(({ topicId }) => topicId === id)) }))
    .filter(({ value }) => value > 0)
    .sort((one, other) => other.value - one.value)
  return {
    name: 'brak-terminow',
    title: t('stats.unmet.title'),
    lead: t('stats.unmet.lead'),
    chart: chartOf(bars, 'bar-b'),
    table: { columns: [t('stats.column.topic'), t('stats.column.searches')], rows: rowsOf(bars) },
    ...(bars.length === 0 && { empty: t('stats.unmet.none') }),
  }
}

/** Why visits ended before their matter was settled. */
export const endReasonsFigure: MakeFigure = ({ rows, total }, { t }) => {
  const spread = spreadOf(rows, 'reason')
  const bars = earlyEndReasons
    .map((reason) => ({ label: t(`desk.end.${reason}`), value: spread[reason] ?? 0 }))
    .filter(({ value }) => value > 0)
    .sort((one, other) => other.value - one.value)
  return {
    name: 'zakonczenia',
    title: t('stats.reasons.title'),
    lead: t('stats.reasons.lead', { early: total.endedEarly, held: total.endedEarly + total.completed }),
    chart: chartOf(bars, 'bar-c'),
    table: { columns: [t('desk.early.reason'), t('stats.column.visits')], rows: rowsOf(bars) },
    ...(bars.length === 0 && { empty: t('stats.reasons.none') }),
  }
}

/** Minutes at which one bar ends and the next begins. */
const lengths = [5, 10, 15, 20, 25, 30] as const

/** How long the visits lasted. */
export const lengthFigure: MakeFigure = ({ rows }, { t }) => {
  const spread = Object.entries(spreadOf(rows, 'lasting'))
  const bars = [0, ...lengths].map((from, index) => {
    const to = lengths[index] ?? Infinity
    const value = spread
      .filter(([minutes]) => Number(minutes) >= from && Number(minutes) < to)
      .reduce((sum, [, visits]) => sum + visits, 0)
    const label = to === Infinity ? t('stats.length.from', { from }) : t('stats.length.range', { from, to })
    return { label, value }
  })
  return {
    name: 'dlugosc',
    title: t('stats.length.title'),
    chart: chartOf(bars, 'bar-a'),
    table: { columns: [t('stats.column.length'), t('stats.column.visits')], rows: rowsOf(bars) },
    ...(bars.every(({ value }) => value === 0) && { empty: t('stats.noneHeld') }),
  }
}

/** What clients thought of it; nothing of too few. */
export const ratingFigure: MakeFigure = ({ ratings: rows }, { t }) => {
  const ratings = ratingsOf(rows)
  const bars = ratings?.byScore.map(({ score, ratings: value }) => ({
    label: t('stats.rating.score', { score }),
    value,
  }))
  const settled = ratings?.settled?.map(({ answer, ratings: value }) => ({
    label: t(`stats.rating.settled.${answer}`),
    value,
  }))
  const all = [...(bars ?? []), ...(settled ?? [])]
  return {
    name: 'oceny',
    title: t('stats.rating.title'),
    lead: t('stats.rating.lead'),
    chart: chartOf(all, 'bar-a'),
    table: { columns: [t('stats.column.rating'), t('stats.column.ratings')], rows: rowsOf(all) },
    ...(!ratings && { empty: t('stats.rating.few') }),
  }
}

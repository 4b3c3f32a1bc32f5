import { Lines } from '../charts/lines'
import { quantile, spreadOf, visitsFrom, visitsIn } from '../counted'
import type { Figure, MakeFigure } from './figure'
import { overTime } from './over-time'

/** Half of the people, and nine of ten. */
export const half = 0.5
export const nineOfTen = 0.9
/** A client this many minutes late was late: entering takes a moment. */
export const lateFrom = 2

const shown = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null)

type Minutes = 'waiting' | 'startLate'

function minutesFigure(
  measure: Minutes,
  name: string,
  { rows, period }: Parameters<MakeFigure>[0],
  { t }: Parameters<MakeFigure>[1],
): Figure {
  const { step, parts } = overTime(rows, period)
  const measured = parts.map(({ label, range, rows: of }) => {
    const spread = spreadOf(of, measure)
    return {
      label,
      range,
      of,
      half: quantile(spread, half),
      nine: quantile(spread, nineOfTen),
      n: visitsIn(spread),
    }
  })
  const halves = shown(measured.map((one) => one.half))
  const nines = shown(measured.map((one) => one.nine))
  const lines = [
    { name: t('stats.nineOfTen'), kind: 'line-b' as const, values: measured.map(({ nine }) => nine) },
    { name: t('stats.half'), kind: 'line-a' as const, values: measured.map((one) => one.half) },
  ]
  const clients = measure === 'startLate'
  return {
    name,
    title: t(`stats.${measure}.title`),
    lead: t(`stats.${measure}.lead`),
    chart: (
      <Lines
        labels={measured.map(({ label }) => label)}
        lines={lines}
        finding={t(`stats.${measure}.finding`, {
          least: Math.min(...halves),
          most: Math.max(...halves),
          nine: Math.max(...nines),
        })}
      />
    ),
    table: {
      columns: [
        t(`stats.step.${step}`),
        t('stats.column.half'),
        t('stats.column.nineOfTen'),
        t('stats.column.visits'),
        ...(clients ? [t('stats.column.clientLate')] : []),
      ],
      rows: measured.map((one) => [
        one.range.from,
        one.half,
        one.nine,
        one.n,
        ...(clients ? [visitsFrom(spreadOf(one.of, 'clientLate'), lateFrom)] : []),
      ]),
    },
    ...(halves.length === 0 && { empty: t('stats.noneHeld') }),
  }
}

/** How long clients sat in the waiting room. */
export const waitingFigure: MakeFigure = (statistics, texts) =>
  minutesFigure('waiting', 'czekanie', statistics, texts)

/** How much later than its time a visit began, and how many clients came late. */
export const latenessFigure: MakeFigure = (statistics, texts) =>
  minutesFigure('startLate', 'opoznienia', statistics, texts)

import type { Day } from '../../platform/zone'
import { type DayRange, type Period, type Step, stepsOf } from '../period'
import { stepLabel } from './step-label'

export interface Part<Row> {
  range: DayRange
  label: string
  rows: Row[]
}

/** The days of a period put together into the parts of a chart over time. */
export function overTime<Row extends { day: Day }>(
  rows: readonly Row[],
  period: Period,
): { step: Step; parts: Part<Row>[] } {
  const { step, ranges } = stepsOf(period)
  const parts = ranges.map((range): Part<Row> => ({ range, label: stepLabel(range.from, step), rows: [] }))
  let at = 0
  // Both are in the order of days
  for (const row of rows) {
    while (parts[at] && row.day > (parts[at]?.range.to ?? '')) at++
    parts[at]?.rows.push(row)
  }
  return { step, parts }
}

import type { Day } from '../platform/zone'
import type { Step } from './period'

const noBreak = '\u00A0'

/** A whole number with its thousands apart: '1 249'. */
export const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, noBreak)

/** A share in whole percent, '85 %'; a dash when there is nothing to share. */
export const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${Math.round((part / whole) * 100)}${noBreak}%`

/** How much a number has changed, '+9 %', '−3 %'; null when there was nothing before. */
export function changeOf(now: number, before: number): string | null {
  if (before === 0) return null
  const change = Math.round(((now - before) / before) * 100)
  const sign = change > 0 ? '+' : change < 0 ? '−' : ''
  return `${sign}${grouped(Math.abs(change))}${noBreak}%`
}

/** One digit behind the comma: '4,6'. */
export const decimal = (n: number): string => n.toFixed(1).replace('.', ',')

/** What stands under a column or a point: '5.10', of a month '10.2026'. */
export const stepLabel = (day: Day, step: Step): string => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  return step === 'month'
    ? `${String(month).padStart(2, '0')}.${year}`
    : `${date}.${String(month).padStart(2, '0')}`
}

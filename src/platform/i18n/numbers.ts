import type { Day } from '../zone'

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

/** A day in a table: '5.10.2026'. */
export const dayWords = (day: Day): string => {
  const [year, month, date] = day.split('-') as [string, string, string]
  return `${Number(date)}.${month}.${year}`
}

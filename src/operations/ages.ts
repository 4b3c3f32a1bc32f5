import type { StaffTranslator } from '../platform/i18n/translator'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** 'przed chwilą', '5 min temu', '3 godz. temu', '12 dni temu'. */
export function agoWords({ t }: StaffTranslator, then: Date, now: Date): string {
  const passed = now.getTime() - then.getTime()
  if (passed < minute) return t('ops.ago.now')
  if (passed < hour) return t('ops.ago.minutes', { n: Math.floor(passed / minute) })
  if (passed < 2 * day) return t('ops.ago.hours', { n: Math.floor(passed / hour) })
  return t('ops.ago.days', { n: Math.floor(passed / day) })
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** '1,5 GB' */
export function bytesWords(bytes: number): string {
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** step
  const number = value.toLocaleString('pl-PL', { maximumFractionDigits: step > 0 && value < 100 ? 1 : 0 })
  return `${number} ${units[step] ?? ''}`
}

import { problemOf, type WindowHours } from '../institution/schedule/edit-windows'
import { type Day, isDay } from '../platform/zone'
import type { StaffTextKey } from '../texts/catalogue'
import { clockTimeOf, listOf, numberOf, textOf, type Typed } from './typed'

export interface FieldMistake {
  field: string
  key: StaffTextKey
}

export interface WindowForm {
  hours: WindowHours
  alsoOn: number[]
  from: Day
  to: Day | null
}

/** Breaks as people write them: '11:05–11:35, 13-13.30'. Undefined when one of them cannot be read. */
export function breaksOf(text: string): [string, string][] | undefined {
  const parts = text
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter(Boolean)
  const breaks = parts.map((part) => {
    const [from, to, ...rest] = part.split(/\s*[-–—]\s*/).map(clockTimeOf)
    return from !== undefined && to !== undefined && rest.length === 0 ? ([from, to] as const) : undefined
  })
  if (breaks.includes(undefined)) return undefined
  return breaks.flatMap((one) => (one ? [[...one] as [string, string]] : [])).sort()
}

const hourProblems = {
  order: { field: 'do', key: 'plan.window.error.order' },
  breaks: { field: 'przerwy', key: 'plan.window.error.breaksOutside' },
  too_short: { field: 'do', key: 'plan.window.error.tooShort' },
} as const satisfies Record<string, FieldMistake>

/** What was typed about a window, or everything that is wrong with it. */
export function readWindowForm(
  typed: Typed,
  today: Day,
): { ok: true; form: WindowForm } | { ok: false; mistakes: FieldMistake[] } {
  const opens = clockTimeOf(textOf(typed, 'od'))
  const closes = clockTimeOf(textOf(typed, 'do'))
  const breaks = breaksOf(textOf(typed, 'przerwy'))
  const visitMinutes = numberOf(typed, 'wizyta', 5, 240)
  const bufferMinutes = numberOf(typed, 'odstep', 0, 120)
  const period = readPeriod(typed, today)
  const mistakes: FieldMistake[] = [
    ...(opens === undefined || opens === '24:00' ? [{ field: 'od', key: 'plan.error.time' } as const] : []),
    ...(closes === undefined ? [{ field: 'do', key: 'plan.error.time' } as const] : []),
    ...(breaks === undefined ? [{ field: 'przerwy', key: 'plan.window.error.breaks' } as const] : []),
    ...(visitMinutes === undefined ? [{ field: 'wizyta', key: 'plan.window.error.visit' } as const] : []),
    ...(bufferMinutes === undefined ? [{ field: 'odstep', key: 'plan.window.error.buffer' } as const] : []),
    ...(period.ok ? [] : period.mistakes),
  ]
  if (mistakes.length > 0 || !period.ok || opens === undefined || closes === undefined)
    return { ok: false, mistakes }
  const hours = {
    ...{ opens, closes, breaks: breaks ?? [], visitMinutes: visitMinutes ?? 0 },
    ...{ bufferMinutes: bufferMinutes ?? 0, onHolidays: textOf(typed, 'swieta') !== '' },
  }
  const problem = problemOf(hours)
  if (problem) return { ok: false, mistakes: [hourProblems[problem]] }
  const alsoOn = listOf(typed, 'takze')
    .map(Number)
    .filter((day) => day >= 1 && day <= 7)
  return { ok: true, form: { hours, alsoOn, ...period.period } }
}

/** From which day on, and until which or for good. */
export function readPeriod(
  typed: Typed,
  today: Day,
): { ok: true; period: { from: Day; to: Day | null } } | { ok: false; mistakes: FieldMistake[] } {
  const from = textOf(typed, 'obowiazuje-od')
  const to = textOf(typed, 'obowiazuje-do')
  if (!isDay(from)) return { ok: false, mistakes: [{ field: 'obowiazuje-od', key: 'plan.error.day' }] }
  if (from < today) return { ok: false, mistakes: [{ field: 'obowiazuje-od', key: 'plan.error.past' }] }
  if (to === '') return { ok: true, period: { from, to: null } }
  if (!isDay(to)) return { ok: false, mistakes: [{ field: 'obowiazuje-do', key: 'plan.error.day' }] }
  if (to < from) return { ok: false, mistakes: [{ field: 'obowiazuje-do', key: 'plan.error.lastDay' }] }
  return { ok: true, period: { from, to } }
}

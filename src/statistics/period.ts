import { addDays, type Day, isDay, weekday } from '../platform/zone'

export const periodKinds = ['month', 'quarter', 'year', 'own'] as const
export type PeriodKind = (typeof periodKinds)[number]

/** Both days included. */
export interface DayRange {
  from: Day
  to: Day
}

export interface Period extends DayRange {
  kind: PeriodKind
  /** The period before, of the same kind or, for own days, of the same length. */
  before: DayRange
  after: DayRange
}

/** Longest period of own days: three years, one of them a leap year. */
export const longestPeriod = 1096

const monthsOf = { month: 1, quarter: 3, year: 12 } as const

/** The first day of the month that is `months` after that of the day. */
function firstOfMonth(day: Day, months: number): Day {
  const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months
  const [year, month] = [Math.floor(count / 12), (count % 12) + 1]
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`
}

/** The calendar month, quarter or year in which the day lies. */
export function periodAround(kind: Exclude<PeriodKind, 'own'>, day: Day): Period {
  const length = monthsOf[kind]
  const begin = firstOfMonth(day, -((Number(day.slice(5, 7)) - 1) % length))
  const range = (steps: number): DayRange => ({
    from: firstOfMonth(begin, steps * length),
    to: addDays(firstOfMonth(begin, (steps + 1) * length), -1),
  })
  return { kind, ...range(0), before: range(-1), after: range(1) }
}

const dayNumber = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000

/** How many days the range has. */
export const daysIn = ({ from, to }: DayRange): number => dayNumber(to) - dayNumber(from) + 1

/** Days somebody chose; `wrong_order` and `too_long` are told, nothing is guessed. */
export function ownPeriod(range: DayRange): Period | 'wrong_order' | 'too_long' {
  const days = daysIn(range)
  if (days < 1) return 'wrong_order'
  if (days > longestPeriod) return 'too_long'
  const moved = (by: number): DayRange => ({ from: addDays(range.from, by), to: addDays(range.to, by) })
  return { kind: 'own', ...range, before: moved(-days), after: moved(days) }
}

/** Far enough from the ends of the calendar to calculate with the years around. */
export const isReasonableDay = (text: string): text is Day =>
  isDay(text) && text >= '1990-01-01' && text <= '2199-12-31'

/**
 * What is fairly compared: of a period that still goes on, the days until today with as many days of the period
 * before; undefined when it has not begun.
 */
export function comparedRanges(period: Period, today: Day): { now: DayRange; before: DayRange } | undefined {
  const { from, to, before } = period
  if (from > today) return undefined
  if (to < today) return { now: { from, to }, before }
  const now = { from, to: today }
  const end = addDays(before.from, daysIn(now) - 1)
  return { now, before: { from: before.from, to: end < before.to ? end : before.to } }
}

export type Step = 'day' | 'week' | 'month'

/** Parts of a chart over time: days up to a month, weeks up to half a year, then months. */
export function stepsOf({ from, to }: DayRange): { step: Step; ranges: DayRange[] } {
  const days = daysIn({ from, to })
  const step: Step = days <= 31 ? 'day' : days <= 186 ? 'week' : 'month'
  const ranges: DayRange[] = []
  for (let begin = from; begin <= to;) {
    const next =
      step === 'day'
        ? addDays(begin, 1)
        : step === 'week'
          ? addDays(begin, 8 - weekday(begin))
          : firstOfMonth(begin, 1)
    ranges.push({ from: begin, to: next > to ? to : addDays(next, -1) })
    begin = next
  }
  return { step, ranges }
}

import { weekday } from '../platform/zone'
import { spreadOf } from './counted'
import type { CountedDay } from './statistics-store'

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const
export type Weekday = (typeof weekdays)[number]

export interface Load {
  /** From the first to the last hour in which a visit begins. */
  hours: readonly number[]
  /** Monday to Friday, and the other days on which there are visits; `visits` one an hour. */
  days: readonly { weekday: Weekday; visits: readonly number[]; all: number }[]
}

/** Visits that were not cancelled, by weekday and hour of their start. */
export function loadOf(rows: readonly CountedDay[]): Load {
  const spreads = weekdays.map((day) => ({
    weekday: day,
    spread: spreadOf(
      rows.filter((row) => weekday(row.day) === day),
      'hour',
    ),
  }))
  const used = spreads.flatMap(({ spread }) => Object.keys(spread).map(Number))
  if (used.length === 0) return { hours: [], days: [] }
  const first = Math.min(...used)
  const hours = Array.from({ length: Math.max(...used) - first + 1 }, (_, n) => first + n)
  const days = spreads.map(({ weekday: day, spread }) => {
    const visits = hours.map((hour) => spread[hour] ?? 0)
    return { weekday: day, visits, all: visits.reduce((sum, n) => sum + n, 0) }
  })
  return { hours, days: days.filter(({ weekday: day, all }) => day <= 5 || all > 0) }
}

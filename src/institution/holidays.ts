import Holidays from 'date-holidays'
import type { Day } from '../platform/zone'

const holidays = new Holidays('PL', { types: ['public'] })
const daysOfYear = new Map<number, ReadonlySet<Day>>()

const publicHolidaysOf = (year: number): ReadonlySet<Day> => {
  const known = daysOfYear.get(year)
  if (known) return known
  const days = new Set(holidays.getHolidays(year).map(({ date }) => date.slice(0, 10)))
  daysOfYear.set(year, days)
  return days
}

/** Says whether a calendar day is a Polish public holiday; Sundays as such are not. */
export const isPublicHoliday = (day: Day): boolean => publicHolidaysOf(Number(day.slice(0, 4))).has(day)

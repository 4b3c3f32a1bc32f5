import Holidays from 'date-holidays'
import type { Day } from '../platform/zone'

const holidays = new Holidays('PL', { types: ['public'] })
/** Polish names by day. */
const daysOfYear = new Map<number, ReadonlyMap<Day, string>>()

const publicHolidaysOf = (year: number): ReadonlyMap<Day, string> => {
  const known = daysOfYear.get(year)
  if (known) return known
  const days = new Map(holidays.getHolidays(year, 'pl').map(({ date, name }) => [date.slice(0, 10), name]))
  daysOfYear.set(year, days)
  return days
}

/** Says whether a calendar day is a Polish public holiday; Sundays as such are not. */
export const isPublicHoliday = (day: Day): boolean => publicHolidaysOf(Number(day.slice(0, 4))).has(day)

/** The Polish name of a public holiday; undefined on other days. */
export const publicHolidayName = (day: Day): string | undefined =>
  publicHolidaysOf(Number(day.slice(0, 4))).get(day)

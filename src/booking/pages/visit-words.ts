import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import {
  dateWords,
  dayHeading,
  dayInWords,
  timeOfDay,
  timeOnButton,
  weekdayAndDate,
} from '../../platform/i18n/dates'
import type { Day } from '../../platform/zone'
import type { PageContext } from './page-context'

const zoneOf = ({ directory }: PageContext): string => directory.institution.timeZone

/** Arguments {day} and {time} of a text, for an instant. */
export const dayAndTime = (page: PageContext, instant: Date): { day: string; time: string } => ({
  day: dayInWords(instant, page.language, zoneOf(page)),
  time: timeOfDay(instant, zoneOf(page)),
})

/** 'wtorek, 29 grudnia 2026, godz. 9:25' */
export const dayTime = (page: PageContext, instant: Date): string =>
  page.t.t('ui.dayTime', dayAndTime(page, instant))

/** 'wtorek, 29 grudnia 2026, godz. 9:25–9:45' */
export const timeRange = (
  page: PageContext,
  { startsAt, endsAt }: { startsAt: Date; endsAt: Date },
): string =>
  page.t.t('ui.timeRange', {
    day: dayInWords(startsAt, page.language, zoneOf(page)),
    start: timeOfDay(startsAt, zoneOf(page)),
    // Word joiner: the two times stay on one line
    end: `\u2060${timeOfDay(endsAt, zoneOf(page))}`,
  })

export const clockTime = (page: PageContext, instant: Date): string => timeOfDay(instant, zoneOf(page))
export const buttonTime = (page: PageContext, instant: Date): string => timeOnButton(instant, zoneOf(page))
export const headingOf = (page: PageContext, day: Day): string => dayHeading(day, page.language, zoneOf(page))
export const shortDay = (page: PageContext, day: Day): string =>
  weekdayAndDate(day, page.language, zoneOf(page))
export const dateOf = (page: PageContext, when: Date | Day): string =>
  dateWords(when, page.language, zoneOf(page))

/** A phone number (E.164) as people write it: Polish ones without the country code. */
export const shownPhone = (e164: string): string => {
  const parsed = parsePhoneNumberFromString(e164)
  if (!parsed) return e164
  const text = parsed.country === 'PL' ? parsed.formatNational() : parsed.formatInternational()
  return text.replaceAll(' ', '\u00a0')
}

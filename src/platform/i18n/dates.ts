import type { Language } from '../../texts/catalogue'
import { addDays, type Day, dayOf, timeOf, weekday } from '../zone'

// Written out: Intl gives other forms from one ICU version to the next, and the copy deck fixes these.
const weekdays = {
  pl: ['poniedziałek', 'wtorek', 'środa', 'czwartek', 'piątek', 'sobota', 'niedziela'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  uk: ['понеділок', 'вівторок', 'середа', 'четвер', 'п’ятниця', 'субота', 'неділя'],
} as const satisfies Record<Language, readonly string[]>

const months = {
  pl: 'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia',
  en: 'January February March April May June July August September October November December',
  uk: 'січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня',
} as const satisfies Record<Language, string>

const monthsOf = Object.fromEntries(
  Object.entries(months).map(([language, names]) => [language, names.split(' ')]),
) as Record<Language, string[]>

const yearSuffix = { pl: '', en: '', uk: '\u00a0р.' } as const satisfies Record<Language, string>

const asDay = (when: Date | Day, zone: string): Day =>
  typeof when === 'string' ? addDays(when, 0) : dayOf(when, zone)

/** The weekday alone: 'wtorek', 'Tuesday'. */
export const weekdayName = (day: Day, language: Language): string =>
  weekdays[language][weekday(day) - 1] as string

/** The date without weekday and year: '29 grudnia', '29 December'. */
export const dayAndMonth = (day: Day, language: Language): string =>
  `${Number(day.slice(8))} ${monthsOf[language][Number(day.slice(5, 7)) - 1] as string}`

const withWeekday = (weekdayText: string, rest: string, language: Language): string =>
  language === 'en' ? `${weekdayText} ${rest}` : `${weekdayText}, ${rest}`

/** Date inside a sentence, without a weekday: '29 grudnia 2026', '29 December 2026', '29 грудня 2026 р.'. */
export const dateWords = (when: Date | Day, language: Language, zone: string): string => {
  const day = asDay(when, zone)
  return `${dayAndMonth(day, language)} ${day.slice(0, 4)}${yearSuffix[language]}`
}

/** Day in words, alone or after a colon: 'wtorek, 29 grudnia 2026', 'Tuesday 29 December 2026'. */
export const dayInWords = (when: Date | Day, language: Language, zone: string): string => {
  const day = asDay(when, zone)
  return withWeekday(weekdayName(day, language), dateWords(day, language, zone), language)
}

/** Weekday and date without a year: 'wtorek, 29 grudnia', 'Tuesday 29 December', 'вівторок, 29 грудня'. */
export const weekdayAndDate = (when: Date | Day, language: Language, zone: string): string => {
  const day = asDay(when, zone)
  return withWeekday(weekdayName(day, language), dayAndMonth(day, language), language)
}

/** Heading of a day in a list, `weekdayAndDate` with a capital: 'Wtorek, 29 grudnia'. */
export const dayHeading = (when: Date | Day, language: Language, zone: string): string => {
  const words = weekdayAndDate(when, language, zone)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Clock time for buttons, lists and SMS: '09:25'. */
export const timeOnButton = (instant: Date, zone: string): string => timeOf(instant, zone)

/** Clock time inside a sentence: '9:25'. */
export const timeOfDay = (instant: Date, zone: string): string => timeOf(instant, zone).replace(/^0/, '')

/** Date for an SMS: '29.12.2026', in Ukrainian '29.12' to stay within one part. */
export const smsDate = (when: Date | Day, language: Language, zone: string): string => {
  const [year, month, day] = asDay(when, zone).split('-') as [string, string, string]
  return language === 'uk' ? `${day}.${month}` : `${day}.${month}.${year}`
}

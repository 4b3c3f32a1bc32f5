import { expect, test } from 'vitest'
import { dateWords, dayHeading, dayInWords, smsDate, timeOfDay, timeOnButton, weekdayAndDate } from './dates'

const zone = 'Europe/Warsaw'
const visit = new Date('2026-12-29T08:25:00Z')

test.each([
  [
    'pl',
    'wtorek, 29 grudnia 2026',
    '29 grudnia 2026',
    'wtorek, 29 grudnia',
    'Wtorek, 29 grudnia',
    '29.12.2026',
  ],
  [
    'en',
    'Tuesday 29 December 2026',
    '29 December 2026',
    'Tuesday 29 December',
    'Tuesday 29 December',
    '29.12.2026',
  ],
  [
    'uk',
    'вівторок, 29 грудня 2026\u00a0р.',
    '29 грудня 2026\u00a0р.',
    'вівторок, 29 грудня',
    'Вівторок, 29 грудня',
    '29.12',
  ],
] as const)(
  'a day is written as the copy deck says, in %s',
  (language, words, date, noYear, heading, sms) => {
    for (const when of [visit, '2026-12-29']) {
      expect(dayInWords(when, language, zone)).toBe(words)
      expect(dateWords(when, language, zone)).toBe(date)
      expect(weekdayAndDate(when, language, zone)).toBe(noYear)
      expect(dayHeading(when, language, zone)).toBe(heading)
      expect(smsDate(when, language, zone)).toBe(sms)
    }
  },
)

test('months stand in the genitive in Polish and Ukrainian', () => {
  const firsts = Array.from({ length: 12 }, (_, month) => `2026-${String(month + 1).padStart(2, '0')}-01`)
  expect(firsts.map((day) => dateWords(day, 'pl', zone))).toEqual([
    '1 stycznia 2026',
    '1 lutego 2026',
    '1 marca 2026',
    '1 kwietnia 2026',
    '1 maja 2026',
    '1 czerwca 2026',
    '1 lipca 2026',
    '1 sierpnia 2026',
    '1 września 2026',
    '1 października 2026',
    '1 listopada 2026',
    '1 grudnia 2026',
  ])
  expect(firsts.map((day) => weekdayAndDate(day, 'uk', zone))).toEqual([
    'четвер, 1 січня',
    'неділя, 1 лютого',
    'неділя, 1 березня',
    'середа, 1 квітня',
    'п’ятниця, 1 травня',
    'понеділок, 1 червня',
    'середа, 1 липня',
    'субота, 1 серпня',
    'вівторок, 1 вересня',
    'четвер, 1 жовтня',
    'неділя, 1 листопада',
    'вівторок, 1 грудня',
  ])
})

test('a time has no leading zero in a sentence and has one on a button', () => {
  expect(timeOfDay(visit, zone)).toBe('9:25')
  expect(timeOnButton(visit, zone)).toBe('09:25')
  expect(timeOfDay(new Date('2026-12-29T23:05:00Z'), zone)).toBe('0:05')
  expect(timeOfDay(new Date('2026-12-29T09:00:00Z'), zone)).toBe('10:00')
})

test('an instant is named by the day in the zone of the institution', () => {
  expect(dayInWords(new Date('2026-12-28T23:30:00Z'), 'en', zone)).toBe('Tuesday 29 December 2026')
})

test('a day that does not exist is refused', () => {
  expect(() => dayInWords('2026-02-30', 'pl', zone)).toThrow(RangeError)
})

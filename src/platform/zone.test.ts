import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { addDays, dayOf, instantAt, isDay, timeOf, weekday } from './zone'

const warsaw = 'Europe/Warsaw'
const zones = [warsaw, 'UTC', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Kiritimati']

const anyDay = fc.integer({ min: 0, max: 15 * 365 }).map((n) => addDays('2020-01-01', n))
const anyTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
const anyZone = fc.constantFrom(...zones)

const byTemporal = (day: string, time: string, zone: string): Temporal.ZonedDateTime =>
  Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone, { disambiguation: 'compatible' })

test('the instant of a day and time is the one that Temporal finds, in every zone', () => {
  fc.assert(
    fc.property(anyDay, anyTime, anyZone, (day, time, zone) => {
      expect(instantAt(day, time, zone).getTime()).toBe(byTemporal(day, time, zone).epochMilliseconds)
    }),
  )
})

test('an instant made of a day and time falls on that day and shows that time, unless the clock skips it', () => {
  fc.assert(
    fc.property(anyDay, anyTime, anyZone, (day, time, zone) => {
      const shown = byTemporal(day, time, zone).toPlainDateTime().toString({ smallestUnit: 'minute' })
      const instant = instantAt(day, time, zone)
      expect(`${dayOf(instant, zone)}T${timeOf(instant, zone)}`).toBe(shown)
    }),
  )
})

test('any instant falls on the day that Temporal gives it', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }),
      anyZone,
      (instant, zone) => {
        const expected = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone)
        expect(dayOf(instant, zone)).toBe(expected.toPlainDate().toString())
      },
    ),
  )
})

describe.each([
  { year: 2026, forward: '2026-03-29', back: '2026-10-25' },
  { year: 2027, forward: '2027-03-28', back: '2027-10-31' },
])('the clock changes of $year in Poland', ({ forward, back }) => {
  test('before and after the spring change noon is an hour apart in UTC', () => {
    expect(instantAt(addDays(forward, -1), '12:00', warsaw).toISOString()).toContain('T11:00:00.000Z')
    expect(instantAt(forward, '12:00', warsaw).toISOString()).toContain('T10:00:00.000Z')
  })

  test('a time that the spring change skips moves forward by an hour', () => {
    expect(instantAt(forward, '01:59', warsaw).toISOString()).toBe(`${forward}T00:59:00.000Z`)
    expect(instantAt(forward, '02:00', warsaw).toISOString()).toBe(`${forward}T01:00:00.000Z`)
    expect(instantAt(forward, '02:30', warsaw).toISOString()).toBe(`${forward}T01:30:00.000Z`)
    expect(instantAt(forward, '03:00', warsaw).toISOString()).toBe(`${forward}T01:00:00.000Z`)
    expect(timeOf(instantAt(forward, '02:30', warsaw), warsaw)).toBe('03:30')
  })

  test('a time shown twice in autumn means its first showing', () => {
    expect(instantAt(back, '01:59', warsaw).toISOString()).toBe(`${addDays(back, -1)}T23:59:00.000Z`)
    expect(instantAt(back, '02:30', warsaw).toISOString()).toBe(`${back}T00:30:00.000Z`)
    expect(instantAt(back, '03:00', warsaw).toISOString()).toBe(`${back}T02:00:00.000Z`)
    expect(timeOf(new Date(`${back}T01:30:00Z`), warsaw)).toBe('02:30')
  })

  test('the days of the changes last 23 and 25 hours', () => {
    const hours = (day: string): number =>
      (instantAt(day, '24:00', warsaw).getTime() - instantAt(day, '00:00', warsaw).getTime()) / 3_600_000
    expect([hours(forward), hours(back), hours(addDays(back, 1))]).toEqual([23, 25, 24])
  })
})

test('just before and just after midnight in Warsaw are two days', () => {
  expect(dayOf(new Date('2026-12-28T22:59:59.999Z'), warsaw)).toBe('2026-12-28')
  expect(dayOf(new Date('2026-12-28T23:00:00.000Z'), warsaw)).toBe('2026-12-29')
})

test('24:00 is the beginning of the next day, also at the end of a year', () => {
  expect(instantAt('2026-12-31', '24:00', warsaw)).toEqual(instantAt('2027-01-01', '00:00', warsaw))
})

test('days are counted over months, leap days and clock changes', () => {
  expect(addDays('2026-12-29', 3)).toBe('2027-01-01')
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
  expect(addDays('2026-03-28', 2)).toBe('2026-03-30')
  expect(addDays('2027-01-01', -1)).toBe('2026-12-31')
})

test('weekdays count from Monday 1 to Sunday 7', () => {
  expect(['2026-12-28', '2026-12-29', '2027-01-03'].map(weekday)).toEqual([1, 2, 7])
})

test.each(['2026-02-30', '2026-13-01', '26-12-29', '2026-12-29T10:00', ''])('%j is no day', (text) => {
  expect(isDay(text)).toBe(false)
  expect(() => addDays(text, 1)).toThrow(RangeError)
  expect(() => weekday(text)).toThrow(`Not a calendar day: ${text}`)
  expect(() => instantAt(text, '10:00', warsaw)).toThrow(RangeError)
})

test('the last day that can be written is none to ask for: no other follows it', () => {
  expect(isDay('9999-12-31')).toBe(false)
  expect(isDay('9999-12-30')).toBe(true)
})

test.each(['24:01', '9:00', '12:60', '25:00', ''])('%j is no clock time', (time) => {
  expect(() => instantAt('2026-12-29', time, warsaw)).toThrow(`Not a clock time: ${time}`)
})

test('a zone that does not exist is refused', () => {
  expect(() => dayOf(new Date('2026-12-29T10:00:00Z'), 'Europe/Nowhere')).toThrow(RangeError)
})

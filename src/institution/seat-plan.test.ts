import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instantAt, timeOf } from '../platform/zone'
import { type DeskWindow, opensOn, seatsOf } from './seat-plan'

const zone = 'Europe/Warsaw'
const ordinary: DeskWindow = {
  deskId: 1,
  branchId: 1,
  weekday: 2,
  opens: '09:00',
  closes: '14:30',
  breaks: [['11:05', '11:35']],
  visitMinutes: 20,
  bufferMinutes: 5,
  validFrom: '2026-01-01',
  validTo: null,
  onHolidays: false,
}
const roundTheClock: DeskWindow = {
  ...ordinary,
  weekday: 7,
  opens: '00:00',
  closes: '24:00',
  breaks: [],
  visitMinutes: 20,
  bufferMinutes: 10,
}
const startsOf = (window: DeskWindow, day: string) =>
  seatsOf(window, day, zone).map(({ startsAt }) => timeOf(startsAt, zone))

describe('an ordinary day of a desk', () => {
  const starts = startsOf(ordinary, '2026-12-29')

  test('gives twelve visits around the break', () => {
    expect(starts).toEqual(
      '09:00 09:25 09:50 10:15 10:40 11:35 12:00 12:25 12:50 13:15 13:40 14:05'.split(' '),
    )
  })

  test.each([
    ['29 December 2020', '09:00 09:25 09:50 10:15 11:35 12:25 13:15 13:40 14:05'],
    ['30 December 2020', '09:00 09:25 09:50 10:15 11:35 12:00 12:25 13:15 13:40 14:05'],
  ])("contains the institution's own list of %s", (_day, listed) => {
    expect(starts).toEqual(expect.arrayContaining(listed.split(' ')))
  })

  test('keeps wall-clock hours on both sides of a clock change', () => {
    expect(startsOf(ordinary, '2026-03-31')).toEqual(starts)
    expect(startsOf(ordinary, '2026-10-27')).toEqual(starts)
  })
})

describe('a desk round the clock', () => {
  test('gives 48 half hours on an ordinary day', () => {
    expect(startsOf(roundTheClock, '2026-12-27')).toHaveLength(48)
  })

  test('gives 46 on the day that loses an hour, none inside the lost hour', () => {
    const starts = startsOf(roundTheClock, '2026-03-29')
    expect(starts).toHaveLength(46)
    expect(starts.filter((time) => time.startsWith('02'))).toEqual([])
  })

  test('gives 50 on the day that has an hour twice, all at different instants', () => {
    const seats = seatsOf(roundTheClock, '2026-10-25', zone)
    expect(seats).toHaveLength(50)
    expect(seats.filter(({ startsAt }) => timeOf(startsAt, zone).startsWith('02'))).toHaveLength(4)
    expect(new Set(seats.map(({ startsAt }) => startsAt.getTime())).size).toBe(50)
  })

  test('has no break on the day whose clock skips the whole of it', () => {
    const window: DeskWindow = { ...roundTheClock, breaks: [['02:00', '03:00']] }
    expect(startsOf(window, '2026-03-29')).toHaveLength(46)
    expect(startsOf(window, '2026-12-27')).toHaveLength(46)
    expect(startsOf(window, '2026-10-25')).toHaveLength(46)
  })
})

describe('a window is open', () => {
  const tuesday = '2026-12-29'
  test.each([
    ['on its weekday', ordinary, tuesday, false, true],
    ['not on another weekday', ordinary, '2026-12-30', false, false],
    ['not on a holiday', ordinary, tuesday, true, false],
    ['on a holiday when it says so', { ...ordinary, onHolidays: true }, tuesday, true, true],
    ['not before it is valid', { ...ordinary, validFrom: '2026-12-30' }, tuesday, false, false],
    ['on the first day it is valid', { ...ordinary, validFrom: tuesday }, tuesday, false, true],
    ['on the last day it is valid', { ...ordinary, validTo: tuesday }, tuesday, false, true],
    ['not after that', { ...ordinary, validTo: '2026-12-28' }, tuesday, false, false],
  ])('%s', (_when, window, day, isHoliday, open) => {
    expect(opensOn(window, day, isHoliday)).toBe(open)
  })
})

describe('whatever the window,', () => {
  const clock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  const anyWindow = fc
    .record({
      edges: fc.uniqueArray(fc.integer({ min: 0, max: 24 * 60 }), { minLength: 2, maxLength: 8 }),
      visitMinutes: fc.integer({ min: 1, max: 120 }),
      bufferMinutes: fc.integer({ min: 0, max: 60 }),
    })
    .map(({ edges, ...rest }): DeskWindow => {
      const times = edges.toSorted((a, b) => a - b)
      const inner = times.slice(1, -1)
      const breaks = Array.from({ length: Math.floor(inner.length / 2) }, (_, i): [string, string] => [
        clock(inner[2 * i] ?? 0),
        clock(inner[2 * i + 1] ?? 0),
      ])
      return { ...ordinary, ...rest, opens: clock(times[0] ?? 0), closes: clock(times.at(-1) ?? 0), breaks }
    })
  const anyDay = fc.constantFrom('2026-12-29', '2026-03-29', '2026-10-25')

  test('its visits are in order, buffers apart, inside it and outside its breaks', () => {
    fc.assert(
      fc.property(anyWindow, anyDay, (window, day) => {
        const at = (time: string) => instantAt(day, time, zone).getTime()
        const seats = seatsOf(window, day, zone).map(({ startsAt, endsAt }) => ({
          from: startsAt.getTime(),
          to: endsAt.getTime(),
        }))
        seats.forEach(({ from, to }, index) => {
          expect(to - from).toBe(window.visitMinutes * 60_000)
          expect(from).toBeGreaterThanOrEqual(at(window.opens))
          expect(to).toBeLessThanOrEqual(at(window.closes))
          const previous = seats[index - 1]
          if (previous) expect(from - previous.to).toBeGreaterThanOrEqual(window.bufferMinutes * 60_000)
          for (const [start, end] of window.breaks)
            if (at(start) < at(end)) expect(from >= at(end) || to <= at(start)).toBe(true)
        })
      }),
    )
  })

  test('no further visit would fit at its end', () => {
    fc.assert(
      fc.property(anyWindow, (window) => {
        const unbroken = { ...window, breaks: [] }
        const last = seatsOf(unbroken, '2026-12-29', zone).at(-1)
        const next = last
          ? last.endsAt.getTime() + window.bufferMinutes * 60_000
          : instantAt('2026-12-29', window.opens, zone).getTime()
        const closes = instantAt('2026-12-29', window.closes, zone).getTime()
        expect(next + window.visitMinutes * 60_000).toBeGreaterThan(closes)
      }),
    )
  })
})

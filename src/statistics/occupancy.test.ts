import fc from 'fast-check'
import { expect, test } from 'vitest'
import { notTaken, occupancy, occupancyWeek, partedByToday, seatsTogether } from './occupancy'

test('the share that was taken lies between nothing and all, and is none where nothing was offered', () => {
  expect(occupancy({ offered: 0, taken: 0 })).toBeNull()
  expect(occupancy({ offered: 8, taken: 6 })).toBe(0.75)
  expect(notTaken({ offered: 8, taken: 6 })).toBe(2)
})

test('a day that is over was used or not, today and what is ahead can still be taken', () => {
  const days = ['2026-12-20', '2026-12-21', '2026-12-22'].map((day) => ({ day, offered: 3, taken: 1 }))
  const { past, ahead } = partedByToday(days, '2026-12-21')
  expect(past.map(({ day }) => day)).toEqual(['2026-12-20'])
  expect(ahead.map(({ day }) => day)).toEqual(['2026-12-21', '2026-12-22'])
})

test('a week has whole rows: every hour from the first to the last, five days and those at weekends', () => {
  const row = fc
    .record({ weekday: fc.integer({ min: 1, max: 7 }), hour: fc.integer({ min: 0, max: 23 }) })
    .map((when) => ({ ...when, offered: 4, taken: when.hour % 5 }))
  fc.assert(
    fc.property(
      fc.uniqueArray(row, { selector: ({ weekday, hour }) => weekday * 24 + hour, minLength: 1 }),
      (rows) => {
        const { hours, days } = occupancyWeek(rows)
        expect(hours).toEqual([...hours].sort((one, other) => one - other))
        expect(days.slice(0, 5).map(({ weekday }) => weekday)).toEqual([1, 2, 3, 4, 5])
        for (const { seats } of days) expect(seats).toHaveLength(hours.length)
        expect(seatsTogether(days.flatMap(({ seats }) => seats))).toEqual(seatsTogether(rows))
        expect(seatsTogether(days.map(({ all }) => all))).toEqual(seatsTogether(rows))
      },
    ),
  )
  expect(occupancyWeek([])).toEqual({ hours: [], days: [] })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../platform/zone'
import { comparedRanges, daysIn, longestPeriod, ownPeriod, periodAround, stepsOf } from './period'

describe('a period', () => {
  test.each([
    ['month', '2024-02-15', '2024-02-01', '2024-02-29', '2024-01-01', '2024-01-31'],
    ['quarter', '2026-01-31', '2026-01-01', '2026-03-31', '2025-10-01', '2025-12-31'],
    ['quarter', '2026-12-31', '2026-10-01', '2026-12-31', '2026-07-01', '2026-09-30'],
    ['year', '2026-06-01', '2026-01-01', '2026-12-31', '2025-01-01', '2025-12-31'],
  ] as const)('is the calendar’s: %s of %s', (kind, day, from, to, beforeFrom, beforeTo) => {
    expect(periodAround(kind, day)).toMatchObject({ from, to, before: { from: beforeFrom, to: beforeTo } })
  })

  test('of own days has one of the same length before it; what is none is said', () => {
    expect(ownPeriod({ from: '2026-03-28', to: '2026-03-30' })).toMatchObject({
      before: { from: '2026-03-25', to: '2026-03-27' },
      after: { from: '2026-03-31', to: '2026-04-02' },
    })
    expect(ownPeriod({ from: '2026-03-30', to: '2026-03-29' })).toBe('wrong_order')
    expect(ownPeriod({ from: '2020-01-01', to: '2026-03-29' })).toBe('too_long')
  })

  test('that still goes on is compared with as many days of the one before', () => {
    const march = periodAround('month', '2026-03-10')
    expect(comparedRanges(march, '2026-03-10')).toEqual({
      now: { from: '2026-03-01', to: '2026-03-10' },
      before: { from: '2026-02-01', to: '2026-02-10' },
    })
    // February has no 30th
    expect(comparedRanges(march, '2026-03-30')?.before).toEqual({ from: '2026-02-01', to: '2026-02-28' })
    expect(comparedRanges(march, '2026-04-01')).toEqual({
      now: { from: march.from, to: march.to },
      before: march.before,
    })
    expect(comparedRanges(march, '2026-02-28')).toBeUndefined()
  })
})

test('the parts of a chart cover every day of the period once', () => {
  const range = fc
    .record({ start: fc.integer({ min: 0, max: 4000 }), length: fc.integer({ min: 1, max: longestPeriod }) })
    .map(({ start, length }) => {
      const from = addDays('2020-01-01', start)
      return { from, to: addDays(from, length - 1) }
    })
  fc.assert(
    fc.property(range, ({ from, to }) => {
      const { ranges } = stepsOf({ from, to })
      expect(ranges[0]?.from).toBe(from)
      expect(ranges.at(-1)?.to).toBe(to)
      for (const [index, part] of ranges.entries()) {
        expect(daysIn(part)).toBeGreaterThan(0)
        const next = ranges[index + 1]
        if (next) expect(next.from).toBe(addDays(part.to, 1))
      }
      expect(ranges.length).toBeLessThanOrEqual(38)
    }),
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quantile, spreadOf, visitsFrom, visitsIn } from './counted'
import { ratingsOf } from './ratings'

test('a quantile of a spread is that of the sorted values', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 1, maxLength: 200 }),
      fc.constantFrom(0.1, 0.5, 0.9, 1),
      (values, share) => {
        const spread: Record<string, number> = {}
        for (const value of values) spread[value] = (spread[value] ?? 0) + 1
        const sorted = values.toSorted((one, other) => one - other)
        expect(quantile(spread, share)).toBe(sorted[Math.ceil(share * values.length) - 1])
        expect(visitsIn(spread)).toBe(values.length)
        expect(visitsFrom(spread, 300)).toBe(values.filter((value) => value >= 300).length)
      },
    ),
  )
  expect(quantile({}, 0.5)).toBeNull()
})

test('spreads of several days are added value by value', () => {
  const day = (waiting: Record<string, number>) => ({
    ...{ booked: 0, completed: 0, endedEarly: 0, cancelledByClient: 0, cancelledByInstitution: 0 },
    ...{ missedByClient: 0, missedByInstitution: 0, spreads: { waiting } },
  })
  expect(spreadOf([day({ 1: 2, 5: 1 }), day({ 5: 3 }), day({})], 'waiting')).toEqual({ 1: 2, 5: 4 })
})

test('nothing is said of fewer than three ratings, nor of fewer than three answers', () => {
  const rate = (score: number, settled: string | null, ratings: number) => ({ score, settled, ratings })
  expect(ratingsOf([rate(1, 'no', 2)])).toBeNull()
  expect(ratingsOf([rate(1, 'no', 2), rate(4, null, 1)])).toMatchObject({
    count: 3,
    average: 2,
    settled: null,
  })
  expect(ratingsOf([rate(5, 'yes', 3)])?.settled?.[0]).toEqual({ answer: 'yes', ratings: 3 })
})

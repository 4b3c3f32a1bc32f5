import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchSeats } from './match-seats'

const choices = fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 4 }), { maxLength: 6 })

/** The greatest number that can be placed, found by trying everything. */
const most = (list: readonly (readonly number[])[], used: ReadonlySet<number> = new Set()): number => {
  const [first, ...rest] = list
  if (!first) return 0
  const placed = first
    .filter((seat) => !used.has(seat))
    .map((seat) => 1 + most(rest, new Set([...used, seat])))
  return Math.max(most(rest, used), ...placed)
}

test('each gets a seat of its list, no seat is given twice, and nobody more could be placed', () => {
  fc.assert(
    fc.property(choices, (list) => {
      const seats = matchSeats(list)
      const given = seats.filter((seat) => seat !== undefined)
      expect(new Set(given).size).toBe(given.length)
      seats.forEach((seat, who) => expect(seat === undefined || list[who]?.includes(seat)).toBe(true))
      expect(given).toHaveLength(most(list))
    }),
  )
})

test('who can go elsewhere makes room for who cannot', () => {
  expect(matchSeats([[1, 2], [1]])).toEqual([2, 1])
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { branchOfLongestPrefix } from '../directory'
import { areaEffect, branchesOfCodes, prefixesOf } from './area-effect'

const areas = fc
  .array(fc.tuple(fc.stringMatching(/^\d{1,5}$/), fc.constantFrom('A', 'B', 'C')), { maxLength: 12 })
  .map((list) => new Map(list))
const code = (n: number) => String(n).padStart(5, '0')

test('every code belongs to the branch that the booking would find', () => {
  fc.assert(
    fc.property(areas, (given) => {
      const codes = branchesOfCodes(given)
      const ids = new Map([...given].map(([prefix, branch]) => [prefix, branch.charCodeAt(0)]))
      for (let n = 0; n < 100_000; n += 331)
        expect(codes[n]?.charCodeAt(0)).toBe(branchOfLongestPrefix(ids, code(n)))
    }),
    { numRuns: 30 },
  )
})

test('prefixes hold exactly the codes they are made from', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(99_999), { maxLength: 50 }), fc.nat(999), (single, block) => {
      const codes = new Set([...single, ...Array.from({ length: 100 }, (_, n) => block * 100 + n)])
      const prefixes = prefixesOf([...codes].sort((one, other) => one - other))
      for (let n = 0; n < 100_000; n++)
        if (codes.has(n) !== prefixes.some((prefix) => code(n).startsWith(prefix))) expect(code(n)).toBe('')
    }),
    { numRuns: 5 },
  )
  expect(prefixesOf(Array.from({ length: 100_000 }, (_, n) => n))).toEqual([''])
})

test('what one branch loses another gains, or nobody', () => {
  fc.assert(
    fc.property(areas, areas, (before, after) => {
      const { branches, moves, gapCodesBefore, gapCodesAfter } = areaEffect(before, after)
      for (const { branch, codesBefore, codesAfter } of branches) {
        const gained = moves.filter(({ to }) => to === branch).reduce((sum, { codes }) => sum + codes, 0)
        const lost = moves.filter(({ from }) => from === branch).reduce((sum, { codes }) => sum + codes, 0)
        expect(codesAfter - codesBefore).toBe(gained - lost)
      }
      const total = branches.reduce((sum, { codesAfter }) => sum + codesAfter, gapCodesAfter)
      expect([total, branches.reduce((sum, one) => sum + one.codesBefore, gapCodesBefore)]).toEqual([
        1e5, 1e5,
      ])
    }),
    { numRuns: 30 },
  )
})

test('the effect tells which codes go where', () => {
  const effect = areaEffect(
    new Map([
      ['02', 'A'],
      ['03', 'B'],
    ]),
    new Map([
      ['02', 'A'],
      ['027', 'B'],
    ]),
  )
  expect(effect.moves).toEqual([
    { from: 'B', to: null, codes: 1000, sample: ['03'] },
    { from: 'A', to: 'B', codes: 100, sample: ['027'] },
  ])
  expect(effect).toMatchObject({ movedCodes: 1100, changedAreas: 2, gapCodesAfter: 99_000 })
  expect(effect.gaps.slice(0, 4)).toEqual(['00', '01', '03', '04'])
})

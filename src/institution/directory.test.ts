import fc from 'fast-check'
import { expect, test } from 'vitest'
import { branchOfLongestPrefix } from './directory'

test('the longest prefix decides: 00-7 belongs to another branch than the rest of 00', () => {
  const areas = new Map([
    ['00', 1],
    ['007', 3],
    ['01', 1],
  ])
  expect(branchOfLongestPrefix(areas, '00750')).toBe(3)
  expect(branchOfLongestPrefix(areas, '00650')).toBe(1)
  expect(branchOfLongestPrefix(areas, '02758')).toBeUndefined()
})

test('whatever the areas, the branch is that of the longest of them that the code begins with', () => {
  const digits = (min: number, max: number) => fc.stringMatching(new RegExp(`^[0-3]{${min},${max}}$`))
  fc.assert(
    fc.property(fc.uniqueArray(digits(1, 5), { maxLength: 40 }), digits(5, 5), (prefixes, code) => {
      const areas = new Map(prefixes.map((prefix, index) => [prefix, index]))
      const fitting = prefixes.filter((prefix) => code.startsWith(prefix)).sort((a, b) => b.length - a.length)
      const expected = fitting[0] === undefined ? undefined : prefixes.indexOf(fitting[0])
      expect(branchOfLongestPrefix(areas, code)).toBe(expected)
    }),
  )
})

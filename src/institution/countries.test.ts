import { expect, test } from 'vitest'
import { allCountries, byName, countryName } from './countries'

test('countries have names in every language, and stand in the order of the language', () => {
  expect(countryName('DE', 'pl')).toBe('Niemcy')
  expect(countryName('DE', 'uk')).toBe('Німеччина')
  expect(byName(['SK', 'AT', 'CZ'], 'pl')).toEqual(['AT', 'CZ', 'SK'])
})

test('unions and placeholders are no countries', () => {
  expect(allCountries).toContain('NO')
  for (const code of ['EU', 'UN', 'ZZ', 'QQ']) expect(allCountries).not.toContain(code)
})

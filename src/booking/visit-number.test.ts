import { expect, test } from 'vitest'
import { newVisitNumber, parseVisitNumber } from './visit-number'

test('a number can be read aloud: no sign is taken for another one', () => {
  const numbers = Array.from({ length: 500 }, newVisitNumber)
  for (const number of numbers) expect(number).toMatch(/^EW(-[2-9ACDEFGHJKMNPQRTVWXY]{4}){2}$/)
  expect(new Set(numbers).size).toBe(500)
})

test.each([
  'EW-7K3F-92QX',
  'ew-7k3f-92qx',
  '7K3F92QX',
  'EW 7K3F 92QX',
  ' 7k3f-92qx ',
  'EW7K3F92QX',
  'EW-7K3F-9ZQX',
])('%s is found however it is typed', (typed) => expect(parseVisitNumber(typed)).toBe('EW-7K3F-92QX'))

test.each(['', 'EW-7K3F', 'EW-7K3F-92QX7', 'EW-7K3O-92QX', '1234567', 'żółw'])('%j is no number', (typed) =>
  expect(parseVisitNumber(typed)).toBeUndefined(),
)

test('a number that itself begins with EW is not shortened', () => {
  expect(parseVisitNumber('EWEW-7K3F')).toBe('EW-EWEW-7K3F')
  expect(parseVisitNumber('EW-EWEW-7K3F')).toBe('EW-EWEW-7K3F')
})

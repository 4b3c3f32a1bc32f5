import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatPostalCode, parsePostalCode } from './postal-code'

test.each(['02-758', '02758', ' 02 - 758 ', '02–758', '0 2 7 5 8', '02\u00a0758'])(
  '%j is a postal code',
  (text) => expect(parsePostalCode(text)).toBe('02758'),
)

test.each(['', '0275', '027588', '02-75a', 'Warszawa', '02.758', '٠٢٧٥٨'])('%j is not', (text) =>
  expect(parsePostalCode(text)).toBeUndefined(),
)

test('a code is understood as it is written out', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{5}$/), (code) => {
      expect(parsePostalCode(formatPostalCode(code))).toBe(code)
    }),
  )
})

import { expect, test } from 'vitest'
import { csvLine } from './csv'

test('a line is read back as it was, whatever is in it', () => {
  expect(csvLine(['Łódź', 12, 4.5, null, 'a;b', 'say "x"', 'two\nlines'])).toBe(
    'Łódź;12;4,5;;"a;b";"say ""x""";"two\nlines"\r\n',
  )
})

test.each(['=1+1', '+48 22', '-2', '@x', ' =1', '\t=1', '|cmd'])('%j is no formula', (text) => {
  expect(csvLine([text])).toMatch(/^'/)
})

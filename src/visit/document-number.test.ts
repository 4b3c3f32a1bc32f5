import { expect, test } from 'vitest'
import { holdsDocumentNumber } from './document-number'

test.each(['ABC123456', 'dowód abc 123456', 'paszport EH 1234567', 'PESEL 44051401458', '00123/45/6789'])(
  '%s is refused',
  (words) => {
    expect(holdsDocumentNumber(words)).toBe(true)
  },
)

test.each([
  'Wniosek EMP do 15 stycznia 2027',
  'telefon 601 234 567',
  'numer wizyty EW-7K3F-92QX',
  'kod 02-758, ul. Szamocka 3, 5',
  'druk ZUS Rp-7',
  '',
])('%s is let through', (words) => {
  expect(holdsDocumentNumber(words)).toBe(false)
})

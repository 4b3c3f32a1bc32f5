import fc from 'fast-check'
import { expect, test } from 'vitest'
import { holdsDocumentNumber } from './document-number'

test.each([
  'ABC123456',
  'dowód abc 123456',
  'dowód ABC 123 456',
  'paszport EH 1234567',
  'PESEL 44051401458',
  'pesel 440514 01458',
  '44-05-14 01458',
  'z literówką 44051401459',
  'prawo jazdy 00123/45/6789',
])('%s is refused', (words) => {
  expect(holdsDocumentNumber(words)).toBe(true)
})

test.each([
  'Wniosek EMP do 15 stycznia 2027',
  'telefon 601 234 567',
  'telefon +48601234567 albo +48 601 234 567',
  'numer wizyty EW-7K3F-92QX',
  'wniosek WZ-2222-3333 z 15.01.2027',
  'kod 02-758, ul. Szamocka 3, 5',
  'kredyt na 800000 zł, do 1200000 zł, nad 250000 zł',
  'konto 61 1090 1014 0000 0712 1981 2874',
  'druk ZUS Rp-7',
  '',
])('%s is let through', (words) => {
  expect(holdsDocumentNumber(words)).toBe(false)
})

const two = (number: number) => String(number).padStart(2, '0')
const pesels = fc
  .record({
    year: fc.integer({ min: 0, max: 99 }),
    century: fc.constantFrom(0, 20, 40, 60, 80),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
    series: fc.integer({ min: 0, max: 9999 }),
  })
  .map(({ year, century, month, day, series }) => {
    const ten = `${two(year)}${two(century + month)}${two(day)}${String(series).padStart(4, '0')}`
    const sum = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3].reduce(
      (total, weight, at) => total + weight * Number(ten[at]),
      0,
    )
    return `${ten}${(10 - (sum % 10)) % 10}`
  })

test('no PESEL gets through, whatever stands around it and wherever it is broken up', () => {
  const around = fc.constantFrom('', ' ', 'PESEL: ', 'mam ', '(', ', ')
  fc.assert(
    fc.property(
      pesels,
      around,
      around,
      fc.array(fc.constantFrom('', ' ', '-'), { minLength: 10, maxLength: 10 }),
      (pesel, before, after, gaps) => {
        const broken = Array.from(pesel, (digit, at) => `${digit}${gaps[at] ?? ''}`).join('')
        expect(holdsDocumentNumber(`${before}${pesel}${after}`)).toBe(true)
        expect(holdsDocumentNumber(`${before}${broken}${after}`)).toBe(true)
      },
    ),
  )
})

test('words without figures always get through', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      expect(holdsDocumentNumber(text.replace(/\d/g, ''))).toBe(false)
    }),
  )
})

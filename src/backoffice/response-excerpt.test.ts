import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { responseExcerpt } from './response-excerpt'

const halina = ['Halina', 'Żółć-Wiśniewska', '+48601234567', 'halina@example.org', 'kredyt w banku']

describe('what is kept of an endpoint’s answer', () => {
  test('is the cause that it names', () => {
    expect(responseExcerpt('{"error":"kolejka  pełna",\n"code":17}', halina)).toBe(
      '{"error":"kolejka pełna", "code":17}',
    )
  })

  test.each([
    ['names', 'klientka HALINA żółć-wiśniewska istnieje', 'klientka ••• ••• istnieje'],
    ['the purpose', 'cel: kredyt  w  banku', 'cel: •••'],
    ['a word of the purpose', 'cel: kredyt', 'cel: •••'],
    ['the address', 'to=halina@example.org;', 'to=•••;'],
    ['another address', 'admin: kto.inny@urzad.gov.pl', 'admin: •••'],
    ['the phone in groups', 'tel. 601 234 567', 'tel. •••'],
    ['a PESEL', 'PESEL 44051401359 odrzucony', 'PESEL ••• odrzucony'],
  ])('never holds %s', (_what, text, kept) => expect(responseExcerpt(text, halina)).toBe(kept))

  test('is short and in one line, whatever came', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const kept = responseExcerpt(text, halina)
        expect(kept.length).toBeLessThanOrEqual(200)
        expect(kept).not.toMatch(/[\p{Cc}\p{Cf}]/u)
      }),
    )
  })

  test('holds no personal word, wherever an endpoint repeats it', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...halina), fc.string(), (before, word, after) => {
        const kept = responseExcerpt(`${before} ${word} ${after}`, halina)
        expect(kept.toLowerCase()).not.toContain(word.toLowerCase())
      }),
    )
  })
})

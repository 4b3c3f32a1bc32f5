import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type OwnText, wordingsOf } from './own-wording'

const at = (day: number) => new Date(Date.UTC(2026, 11, day))
const text = (version: number, day: number, words: string | null): OwnText => ({
  name: 'sms.moved',
  language: 'pl',
  version,
  parts: words === null ? null : { 'sms.moved': words },
  validFrom: at(day),
})

test('a text for a later day becomes valid by itself, and one without words gives way to the catalogue', () => {
  const wordings = wordingsOf([text(3, 20, null), text(1, 1, 'pierwszy'), text(2, 10, 'drugi')])
  const said = (day: number) => wordings(() => at(day)).pl?.get('sms.moved')
  expect([1, 9, 10, 19, 20].map(said)).toEqual(['pierwszy', 'pierwszy', 'drugi', 'drugi', undefined])
  expect(wordings(() => at(10)).en).toBeUndefined()
})

test('what is said does not depend on what was asked before', () => {
  const texts = fc.uniqueArray(
    fc.record({ version: fc.nat(50), day: fc.nat(20), words: fc.option(fc.string({ minLength: 1 })) }),
    { selector: ({ version }) => version },
  )
  fc.assert(
    fc.property(texts, fc.array(fc.nat(22)), (given, days) => {
      const all = given.map(({ version, day, words }) => text(version, day, words))
      const kept = wordingsOf(all)
      for (const day of days) expect(kept(() => at(day)).pl).toEqual(wordingsOf(all)(() => at(day)).pl)
    }),
  )
})

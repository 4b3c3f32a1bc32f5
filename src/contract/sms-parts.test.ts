import { expect, test } from 'vitest'
import { smsParts } from './sms-parts'

test.each([
  ['', 'GSM-7', 0, 1],
  ['x'.repeat(160), 'GSM-7', 160, 1],
  ['x'.repeat(161), 'GSM-7', 161, 2],
  ['x'.repeat(306), 'GSM-7', 306, 2],
  ['x'.repeat(307), 'GSM-7', 307, 3],
  ['ż', 'UCS-2', 1, 1],
  ['ж'.repeat(70), 'UCS-2', 70, 1],
  ['ж'.repeat(71), 'UCS-2', 71, 2],
  ['ж'.repeat(134), 'UCS-2', 134, 2],
  ['ж'.repeat(135), 'UCS-2', 135, 3],
] as const)('%# a text is counted as it travels', (text, encoding, units, parts) => {
  expect(smsParts(text)).toEqual({ encoding, units, parts })
})

test('a sign of the extension table costs two septets', () => {
  expect(smsParts('€[~]')).toEqual({ encoding: 'GSM-7', units: 8, parts: 1 })
  expect(smsParts('x'.repeat(159) + '€')).toEqual({ encoding: 'GSM-7', units: 161, parts: 2 })
})

test('an escaped sign or a surrogate pair is not split between two parts', () => {
  expect(smsParts('x'.repeat(152) + '€' + 'x'.repeat(152))).toEqual({
    encoding: 'GSM-7',
    units: 306,
    parts: 3,
  })
  expect(smsParts('ж'.repeat(66) + '🙂' + 'ж'.repeat(66))).toEqual({
    encoding: 'UCS-2',
    units: 134,
    parts: 3,
  })
})

test('a non-breaking space or a typographic dash costs the whole message its encoding', () => {
  expect(smsParts('22\u00a0560').encoding).toBe('UCS-2')
  expect(smsParts('9–10').encoding).toBe('UCS-2')
})

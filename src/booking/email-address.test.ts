import { expect, test } from 'vitest'
import { likelyTypo, parseEmail } from './email-address'

test.each([
  ['jan@example.com', 'jan@example.com'],
  ['jan.kowalski+zus@poczta.example.co.uk', 'jan.kowalski+zus@poczta.example.co.uk'],
  ["o'brien_1@example.org", "o'brien_1@example.org"],
  ['jan@żółw.pl', 'jan@xn--w-uga1v8h.pl'],
  ['jan@EXAMPLE.com', 'jan@example.com'],
])('%s is an address', (typed, address) => {
  expect(parseEmail(typed)).toEqual({ ok: true, address })
})

test.each([
  'jan',
  'jan@',
  '@example.com',
  'jan@example',
  'jan@.com',
  'jan@example..com',
  'jan@-example.com',
  'jan..kowalski@example.com',
  '.jan@example.com',
  'jan @example.com',
  'jan@exa mple.com',
  'jan@example.com, anna@example.com',
  'jan@example.com\nBcc: all@example.com',
  'Jan <jan@example.com>',
  'jan@192.168.0.1',
  'jan@[192.168.0.1]',
  'jan@example.com/x',
  'jan@example.com:25',
  'żółw@example.com',
  `${'a'.repeat(65)}@example.com`,
])('%j is none', (typed) => {
  expect(parseEmail(typed)).toEqual({ ok: false, reason: 'format' })
})

test.each([
  ['gmial.com', 'gmail.com'],
  ['gmail.con', 'gmail.com'],
  ['gmail.pl', 'gmail.com'],
  ['gamil.com', 'gmail.com'],
  ['gmai.com', 'gmail.com'],
  ['onte.pl', 'onet.pl'],
  ['interia.p', 'interia.pl'],
  ['intera.pl', 'interia.pl'],
  ['wp.lp', 'wp.pl'],
  ['wppl', 'wp.pl'],
  ['o2.p', 'o2.pl'],
])('%s was probably to be %s', (typed, meant) => {
  expect(likelyTypo(`jan@${typed}`)).toBe(`jan@${meant}`)
})

test.each([
  'gmail.com',
  'wp.pl',
  'op.pl',
  'o2.pl',
  'interia.eu',
  'zus.pl',
  'up.pl',
  'example.org',
  'uw.edu.pl',
])('%s is left alone', (domain) => {
  expect(likelyTypo(`jan@${domain}`)).toBeUndefined()
})

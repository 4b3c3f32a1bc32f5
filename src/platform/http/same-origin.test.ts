import { expect, test } from 'vitest'
import { isSameOrigin } from './same-origin'

const hosts = ['wizyta.example.org', 'localhost:3000']

test.each([
  ['its own Origin', { origin: 'https://wizyta.example.org' }, true],
  ['a foreign Origin', { origin: 'https://evil.example' }, false],
  ['Origin null', { origin: 'null' }, false],
  [
    'a foreign Origin with a forged Referer',
    { origin: 'https://evil.example', referer: 'http://localhost:3000/' },
    false,
  ],
  ['Sec-Fetch-Site same-origin', { 'sec-fetch-site': 'same-origin' }, true],
  ['Sec-Fetch-Site cross-site', { 'sec-fetch-site': 'cross-site' }, false],
  ['Sec-Fetch-Site same-site', { 'sec-fetch-site': 'same-site' }, false],
  ['only its own Referer', { referer: 'http://localhost:3000/temat' }, true],
  ['only a foreign Referer', { referer: 'https://evil.example/localhost:3000' }, false],
  ['nothing at all', {}, false],
])('a form with %s', (_what, headers, accepted) => {
  expect(isSameOrigin(headers, hosts)).toBe(accepted)
})

import fc from 'fast-check'
import { Secret, TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import { newSeed, seedAddress, stepOfCode } from './totp'

const codeAt = (seed: string, at: number) =>
  new TOTP({ secret: Secret.fromBase32(seed) }).generate({ timestamp: at })

test('the code of RFC 6238 belongs to its half minute', () => {
  const seed = Secret.fromLatin1('12345678901234567890').base32
  // The RFC's eight digits are 94287082
  expect(stepOfCode(seed, '287082', new Date(59_000))).toBe(1)
})

test('a code is taken in its half minute and the one on each side, and tells which it was', () => {
  const seed = newSeed()
  const range = fc.integer({ min: 1e12, max: 4e12 })
  fc.assert(
    fc.property(range, fc.integer({ min: -1, max: 1 }), (at, off) => {
      const made = at + off * 30_000
      const step = stepOfCode(seed, codeAt(seed, made), new Date(at))
      expect(step).toBe(Math.floor(made / 30_000))
    }),
  )
})

test('a code of five minutes ago is nothing', () => {
  const seed = Secret.fromLatin1('12345678901234567890').base32
  expect(stepOfCode(seed, codeAt(seed, 1_700_000_000_000), new Date(1_700_000_300_000))).toBeUndefined()
})

test.each(['', '12345', '1234567', 'abcdef', '１２３４５６'])('„%s” is no code', (text) => {
  expect(stepOfCode(newSeed(), text, new Date())).toBeUndefined()
})

test('an app is told the institution and the account', () => {
  const seed = newSeed()
  const address = new URL(seedAddress(seed, { issuer: 'e-Wizyta ZUS', label: 'ewa@example.org' }))
  expect(address.protocol).toBe('otpauth:')
  expect(Object.fromEntries(address.searchParams)).toMatchObject({ secret: seed, issuer: 'e-Wizyta ZUS' })
})

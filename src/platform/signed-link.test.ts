import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { randomKeys } from './keys'
import { type LinkPurpose, readLink, signLink, verifyLink } from './signed-link'

const keys = randomKeys()
const purpose = fc.constantFrom<LinkPurpose[]>('meeting', 'guardian', 'cancel', 'manage', 'interpreter')
const version = fc.integer({ min: 1, max: 1000 })

describe('a link', () => {
  test('opens what it was made for', () => {
    fc.assert(
      fc.property(fc.uuid(), purpose, version, (id, forWhat, v) => {
        const token = signLink(keys, forWhat, id, v)
        expect(token).toMatch(/^[\w-]{46}$/)
        expect(readLink(token)).toEqual({ purpose: forWhat, id })
        expect(verifyLink(keys, token, forWhat, id, v)).toBe(true)
      }),
    )
  })

  test('opens nothing else: no other visit, purpose or version, and nothing under other keys', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), purpose, purpose, version, version, (id, id2, p, p2, v, v2) => {
        fc.pre(id !== id2 || p !== p2 || v !== v2)
        expect(verifyLink(keys, signLink(keys, p, id, v), p2, id2, v2)).toBe(false)
        expect(verifyLink(randomKeys(), signLink(keys, p, id, v), p, id, v)).toBe(false)
      }),
      { numRuns: 50 },
    )
  })

  test('is refused when any one of its characters is another', () => {
    fc.assert(
      fc.property(
        fc.uuid(),
        fc.nat(45),
        fc.constantFrom('A', 'B', 'x', 'y', 'z', '0', '1', '9', '_', '-'),
        (id, place, sign) => {
          const token = signLink(keys, 'meeting', id, 1)
          const forged = token.slice(0, place) + sign + token.slice(place + 1)
          fc.pre(forged !== token)
          expect(verifyLink(keys, forged, 'meeting', id, 1)).toBe(false)
        },
      ),
    )
  })

  test('written in any other way for the same bytes is not read', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    fc.assert(
      fc.property(fc.uuid(), purpose, version, (id, p, v) => {
        const token = signLink(keys, p, id, v)
        const written = Array.from(alphabet, (sign) => token.slice(0, -1) + sign)
        expect(written.filter((one) => verifyLink(keys, one, p, id, v))).toEqual([token])
      }),
      { numRuns: 30 },
    )
  })

  test('of another form is not read at all', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/^[A-Za-z0-9_-]{46}$/.test(text))
        expect(readLink(text)).toBeUndefined()
        expect(verifyLink(keys, text, 'meeting', '00000000-0000-0000-0000-000000000000', 1)).toBe(false)
      }),
    )
  })
})

import { describe, expect, test } from 'vitest'
import { randomKeys } from './keys'

describe('sealing', () => {
  test('what was sealed is read in its own context only', () => {
    const keys = randomKeys()
    const sealed = keys.seal('Halina Wiśniewska', 'visit.client:1')
    expect(sealed.toString('latin1')).not.toContain('Halina')
    expect(keys.unseal(sealed, 'visit.client:1')).toBe('Halina Wiśniewska')
    expect(() => keys.unseal(sealed, 'visit.client:2')).toThrow()
    expect(() => randomKeys().unseal(sealed, 'visit.client:1')).toThrow()
  })

  test('a changed byte anywhere is found', () => {
    const keys = randomKeys()
    const sealed = keys.seal('Wiśniewska', 'x')
    for (let place = 0; place < sealed.length; place++) {
      const changed = Buffer.from(sealed)
      changed[place] = (changed[place] ?? 0) ^ 1
      expect(() => keys.unseal(changed, 'x'), `byte ${place}`).toThrow()
    }
  })

  test('the same text is sealed differently each time, and hashed the same', () => {
    const keys = randomKeys()
    expect(keys.seal('a', 'x').equals(keys.seal('a', 'x'))).toBe(false)
    expect(keys.lookupHash('phone', '+48601').equals(keys.lookupHash('phone', '+48601'))).toBe(true)
    expect(keys.lookupHash('phone', '+48601').equals(keys.lookupHash('email', '+48601'))).toBe(false)
  })
})

import { expect, test } from 'vitest'
import { hashPassword, passwordMatches } from './password'

const cheap = { blocks: 1024, blockSize: 8, passes: 1 }

test('a password opens its own hash and no other does', async () => {
  const hash = await hashPassword('zażółć gęślą', cheap)
  expect(await passwordMatches('zażółć gęślą', hash)).toBe(true)
  for (const wrong of ['zażółć gęśla', 'Zażółć gęślą', '', 'zażółć gęślą '])
    expect(await passwordMatches(wrong, hash)).toBe(false)
})

test('two hashes of one password differ, so that equal passwords do not show', async () => {
  expect(await hashPassword('tajne', cheap)).not.toBe(await hashPassword('tajne', cheap))
})

test('the cost stands in the hash, so that hashes of an earlier cost still open', async () => {
  const hash = await hashPassword('tajne', { blocks: 2048, blockSize: 4, passes: 2 })
  expect(hash).toMatch(/^scrypt\$2048\$4\$2\$/)
  expect(await passwordMatches('tajne', hash)).toBe(true)
})

test('letters composed of two code points are the same letters', async () => {
  expect(await passwordMatches('z\u0307o\u0301łw', await hashPassword('żółw', cheap))).toBe(true)
})

test.each(['', 'tajne', 'bcrypt$1$2$3$4$5', 'scrypt$1024$8$1$c2Fs'])(
  'a column that holds no hash (%s) is an error, not an open door',
  async (stored) => {
    await expect(passwordMatches('tajne', stored)).rejects.toThrow()
  },
)

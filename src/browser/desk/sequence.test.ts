import { expect, test } from 'vitest'
import { createSequence } from './sequence'

test('what is sent later arrives later, though it would be faster', async () => {
  const arrived: string[] = []
  const inSequence = createSequence()
  const slow = Promise.withResolvers<null>()
  const first = inSequence(async () => {
    await slow.promise
    arrived.push('back')
  })
  const second = inSequence(() => {
    arrived.push('compare')
    return Promise.resolve('done')
  })
  slow.resolve(null)
  expect(await second).toBe('done')
  await first
  expect(arrived).toEqual(['back', 'compare'])
})

test('one that fails tells who asked for it, and stops nobody after it', async () => {
  const inSequence = createSequence()
  const failing = inSequence(() => Promise.reject(new Error('no')))
  const next = inSequence(() => Promise.resolve(1))
  await expect(failing).rejects.toThrow('no')
  expect(await next).toBe(1)
})

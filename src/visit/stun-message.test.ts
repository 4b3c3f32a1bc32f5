import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readStunAnswer, stunLength, stunRequest } from './stun-message'

test('whatever bytes come from the net are an answer or none, never an exception', () => {
  const cookie = Buffer.from('2112a442', 'hex')
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(0x0113), (rest, type) => {
      const head = Buffer.alloc(4)
      head.writeUInt16BE(type, 0)
      head.writeUInt16BE(Math.max(0, rest.length - 12), 2)
      readStunAnswer(Buffer.concat([head, cookie, Buffer.from(rest)]))
      readStunAnswer(Buffer.from(rest))
    }),
  )
})

test('a request says its own length, and its password stays out of it', () => {
  const login = { username: '1:check', credential: 'the password', realm: 'e-wizyta', nonce: 'once' }
  const { bytes } = stunRequest('allocate', login)
  expect(stunLength(bytes)).toBe(bytes.length)
  expect(bytes.toString('latin1')).not.toContain('the password')
})

test('a request is no answer', () => {
  expect(readStunAnswer(stunRequest('give_back').bytes)).toBeUndefined()
})

import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { newSecret, signedHeaders } from './signature'

describe('a signed webhook', () => {
  test('is taken by the verifier of Standard Webhooks, whatever it says', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.jsonValue(), (id, said) => {
        const secret = newSecret()
        const body = JSON.stringify({ said })
        const headers = signedHeaders([secret], { id, at: new Date(), body })
        expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body))
      }),
    )
  })

  test('is taken with the old secret and with the new one while both sign', () => {
    const [old, fresh, foreign] = [newSecret(), newSecret(), newSecret()]
    const headers = signedHeaders([fresh, old], { id: 'one', at: new Date(), body: '{}' })
    for (const secret of [old, fresh]) expect(new Webhook(secret).verify('{}', headers)).toEqual({})
    expect(() => new Webhook(foreign).verify('{}', headers)).toThrow('No matching signature')
  })

  test('is refused once its body, id or time is another', () => {
    const secret = newSecret()
    const headers = signedHeaders([secret], { id: 'one', at: new Date(), body: '{"a":1}' })
    const verify = (body: string, change: Record<string, string> = {}) =>
      new Webhook(secret).verify(body, { ...headers, ...change })
    expect(() => verify('{"a":2}')).toThrow('No matching signature')
    expect(() => verify('{"a":1}', { 'webhook-id': 'two' })).toThrow('No matching signature')
    const later = String(Number(headers['webhook-timestamp']) + 1)
    expect(() => verify('{"a":1}', { 'webhook-timestamp': later })).toThrow('No matching signature')
  })

  test('is refused when somebody sends it again later', () => {
    const secret = newSecret()
    const headers = signedHeaders([secret], { id: 'one', at: new Date(Date.now() - 600_000), body: '{}' })
    expect(() => new Webhook(secret).verify('{}', headers)).toThrow('too old')
  })
})

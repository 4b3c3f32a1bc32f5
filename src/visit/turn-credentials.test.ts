import { expect, test } from 'vitest'
import { Secret } from '../config/secret'
import { turnCredentials } from './turn-credentials'

const turn = {
  urls: ['turn:turn.example.org:3478?transport=udp', 'turns:turn.example.org:443'],
  secret: new Secret('north'),
  credentialSeconds: 7200,
  officerRelayOnly: false,
}
const now = new Date('2026-12-29T08:25:00.900Z')

test('credentials run out after the configured time', () => {
  const [server] = turnCredentials(turn, 'a1', now)
  expect(server?.username).toBe(`${Date.UTC(2026, 11, 29, 10, 25) / 1000}:a1`)
  expect(server?.urls).toEqual(turn.urls)
})

test('the password is what the relay computes from the user name and the shared secret', () => {
  const [server] = turnCredentials(turn, 'a1', now)
  // openssl dgst -sha1 -hmac north -binary <<< '1798539900:a1' without the line end, base64
  expect(server?.credential).toBe('R0LmZMNRcrHGIb1lUKyC/aV8uYM=')
})

test('without a relay there are no credentials', () => {
  expect(turnCredentials(undefined, 'a1', now)).toEqual([])
  expect(turnCredentials({ ...turn, urls: [] }, 'a1', now)).toEqual([])
})

import { expect, test } from 'vitest'
import { relayAddress } from './relay-address'

test.each([
  ['turn:turn.example.org', { host: 'turn.example.org', port: 3478, transport: 'udp' }],
  ['turn:turn.example.org:3479?transport=tcp', { host: 'turn.example.org', port: 3479, transport: 'tcp' }],
  ['turns:turn.example.org', { host: 'turn.example.org', port: 5349, transport: 'tls' }],
  ['turns:turn.example.org:443?transport=tcp', { host: 'turn.example.org', port: 443, transport: 'tls' }],
  ['turn:[2001:db8::1]:3478', { host: '2001:db8::1', port: 3478, transport: 'udp' }],
])('%s is reached as browsers do', (url, address) => {
  expect(relayAddress(url)).toEqual(address)
})

test.each(['https://turn.example.org', 'turn:', 'turn:host:port', 'turn:host?transport=sctp'])(
  '%s is none',
  (url) => {
    expect(relayAddress(url)).toBeUndefined()
  },
)

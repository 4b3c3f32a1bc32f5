import { expect, test } from 'vitest'
import { connectionFinding, type ConnectionReading } from './connection-finding'

const good: ConnectionReading = { server: true, local: true, reachable: true, relayUdp: true, relayTcp: true }
const codeOf = (changes: Partial<ConnectionReading>) => connectionFinding({ ...good, ...changes }).code

test('a network that lets everything through connects directly', () => {
  expect(codeOf({})).toBe('direct')
})

test('one that hides its devices goes through the relay, a strict one only over TCP', () => {
  expect(codeOf({ reachable: false })).toBe('relay')
  expect(codeOf({ reachable: false, relayUdp: false })).toBe('tcpOnly')
})

test('without a relay only what was checked is claimed', () => {
  expect(codeOf({ reachable: false, relayUdp: null, relayTcp: null })).toBe('noRelay')
})

test('a relay that does not answer is told apart from a browser that cannot connect at all', () => {
  expect(codeOf({ reachable: false, relayUdp: false, relayTcp: false })).toBe('relaySilent')
  expect(codeOf({ local: false, reachable: false, relayUdp: false, relayTcp: false })).toBe('impossible')
  expect(codeOf({ local: false, reachable: false, relayUdp: null, relayTcp: null })).toBe('impossible')
})

test('a server that does not answer is said, whatever else works', () => {
  expect(codeOf({ server: false })).toBe('server')
})

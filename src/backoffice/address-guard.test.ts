import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createAddressGuard, isPublicAddress } from './address-guard'

describe('an address that is not public', () => {
  test.each([
    ['this machine', '127.0.0.1'],
    ['this machine, another way', '127.8.9.10'],
    ['no address at all', '0.0.0.0'],
    ['private', '10.1.2.3'],
    ['private', '172.31.255.255'],
    ['private', '192.168.0.1'],
    ['link-local, where clouds keep their keys', '169.254.169.254'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['multicast', '224.0.0.251'],
    ['broadcast', '255.255.255.255'],
    ['for benchmarks', '198.19.0.1'],
    ['this machine in IPv6', '::1'],
    ['no address at all in IPv6', '::'],
    ['unique local', 'fd12:3456::1'],
    ['link-local in IPv6', 'fe80::1'],
    ['IPv4 inside IPv6', '::ffff:127.0.0.1'],
    ['IPv4 inside IPv6, in hex', '::ffff:7f00:1'],
    ['IPv4 behind NAT64', '64:ff9b::7f00:1'],
    ['IPv4 inside 6to4', '2002:7f00:1::1'],
    ['Teredo', '2001:0:7f00:1::1'],
    ['for examples', '2001:db8::1'],
    ['multicast in IPv6', 'ff02::1'],
    ['with a zone', 'fe80::1%eth0'],
    ['a name', 'localhost'],
    ['a number', '2130706433'],
    ['octal', '0177.0.0.1'],
    ['nothing', ''],
  ])('%s: %s', (_what, address) => {
    expect(isPublicAddress(address)).toBe(false)
    expect(createAddressGuard([])(address)).toBe(false)
  })

  test.each(['8.8.8.8', '193.0.0.1', '172.32.0.1', '100.128.0.1', '2a00:1450:401b::1'])(
    '%s is none of them',
    (address) => expect(isPublicAddress(address)).toBe(true),
  )
})

describe('networks that the institution names as its own', () => {
  const guard = createAddressGuard(['10.20.0.0/16', 'fd00::/8'])
  test('are let through, their neighbours are not', () => {
    expect(guard('10.20.255.1')).toBe(true)
    expect(guard('fd12::1')).toBe(true)
    expect(guard('10.21.0.1')).toBe(false)
    expect(guard('127.0.0.1')).toBe(false)
    expect(guard('8.8.8.8')).toBe(true)
  })

  test('do not open a way round by an address in another dress', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(guard(`::ffff:${address}`)).toBe(false)
      }),
    )
  })
})

import { BlockList, isIP } from 'node:net'

/** Not on the public internet: RFC 6890 and its successors. */
const notPublic4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const

/** Of IPv6 only global unicast is public, less what carries IPv4 inside (Teredo, 6to4) or is for examples. */
const public6 = ['2000::', 3] as const
const notPublic6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

const networks = (list: readonly (readonly [string, number])[], family: 'ipv4' | 'ipv6') => {
  const found = new BlockList()
  for (const [address, bits] of list) found.addSubnet(address, bits, family)
  return found
}
const blocked4 = networks(notPublic4, 'ipv4')
const global6 = networks([public6], 'ipv6')
const blocked6 = networks(notPublic6, 'ipv6')

/** Whether an IP address is on the public internet; anything that is no plain address is not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !blocked4.check(address, 'ipv4')
  return family === 6 && global6.check(address, 'ipv6') && !blocked6.check(address, 'ipv6')
}

/** Says whether an endpoint may be at an IP address. */
export type AddressGuard = (address: string) => boolean

/** Lets the public internet through, and the networks (CIDR) that the institution names as its own. */
export function createAddressGuard(ownNetworks: readonly string[]): AddressGuard {
  const own = new BlockList()
  for (const network of ownNetworks) {
    const [address = '', bits] = network.split('/')
    own.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }
  return (address) => {
    const family = isIP(address)
    // A mapped address would be compared with rules for IPv4; nobody needs one here
    const mapped = family === 6 && /^::ffff:/i.test(address)
    if (family !== 0 && !mapped && own.check(address, family === 6 ? 'ipv6' : 'ipv4')) return true
    return isPublicAddress(address)
  }
}

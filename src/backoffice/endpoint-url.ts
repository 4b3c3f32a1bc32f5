import { isIP } from 'node:net'
import type { AddressGuard } from './address-guard'

/** Where webhooks may go. */
export interface EndpointRules {
  mayBeAt: AddressGuard
  /** Whether plain http will do; only where the network itself is trusted. */
  plainHttp: boolean
}

export type EndpointUrl =
  | { ok: true; url: URL }
  | { ok: false; reason: 'url_missing' | 'url_wrong' | 'url_secret' | 'https_needed' | 'private_address' }

const longest = 500

/** The host of an address as a name or a bare IP address; tricks (decimal, octal, hex) are undone by URL itself. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1')

/** By these names every machine calls itself (RFC 6761), whatever anybody else says. */
const ownName = /^(?:[^.]+\.)*localhost\.?$/

/** Where a host is without asking anybody; empty when only a look-up can say. */
const literalAddresses = (host: string): string[] =>
  isIP(host) !== 0 ? [host] : ownName.test(host) ? ['127.0.0.1'] : []

/** An endpoint's address as typed. Where a name leads is seen at each sending, since it may change. */
export function readEndpointUrl(typed: string, { mayBeAt, plainHttp }: EndpointRules): EndpointUrl {
  const text = typed.trim()
  if (text === '') return { ok: false, reason: 'url_missing' }
  if (text.length > longest || !URL.canParse(text)) return { ok: false, reason: 'url_wrong' }
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { ok: false, reason: 'url_wrong' }
  if (url.username !== '' || url.password !== '' || url.hash !== '')
    return { ok: false, reason: 'url_secret' }
  if (url.protocol === 'http:' && !plainHttp) return { ok: false, reason: 'https_needed' }
  const host = hostOf(url)
  if (!literalAddresses(host).every(mayBeAt)) return { ok: false, reason: 'private_address' }
  return { ok: true, url }
}

/** Where a relay is reached, and how. */
export interface RelayAddress {
  host: string
  port: number
  transport: 'udp' | 'tcp' | 'tls'
}

const form = /^(turns?):(\[[0-9a-f:]+\]|[^:?\s]+)(?::(\d+))?(?:\?transport=(udp|tcp))?$/i

/** Of an address as browsers take it: `turn:turn.example.org:3478?transport=udp`. Undefined for what is none. */
export function relayAddress(url: string): RelayAddress | undefined {
  const [, scheme, host, port, transport] = form.exec(url) ?? []
  if (scheme === undefined || host === undefined) return undefined
  const isTls = scheme.toLowerCase() === 'turns'
  return {
    host: host.replace(/^\[|\]$/g, ''),
    port: port === undefined ? (isTls ? 5349 : 3478) : Number(port),
    transport: isTls ? 'tls' : transport?.toLowerCase() === 'tcp' ? 'tcp' : 'udp',
  }
}

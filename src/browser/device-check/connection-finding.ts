import type { Finding } from '../../contract/device-check'

/** What connections inside this page, and through the relay and back, could be made. */
export interface ConnectionReading {
  /** The server that was to name the relays answered. */
  server: boolean
  /** Two ends on this device, without any relay. */
  local: boolean
  /** Our relay named an address of this network from outside: others can reach it. */
  reachable: boolean
  /** Null: there is no such relay. */
  relayUdp: boolean | null
  relayTcp: boolean | null
}

export function connectionFinding(reading: ConnectionReading): Finding<'connection'> {
  const { server, local, reachable, relayUdp, relayTcp } = reading
  if (!server) return { code: 'server' }
  if (!local && relayUdp !== true && relayTcp !== true) return { code: 'impossible' }
  if (relayUdp === null && relayTcp === null) return { code: 'noRelay' }
  if (reachable) return { code: 'direct' }
  if (relayUdp === true) return { code: 'relay' }
  if (relayTcp === true) return { code: 'tcpOnly' }
  return { code: 'relaySilent' }
}

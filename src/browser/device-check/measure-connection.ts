import type { ConnectionReading } from './connection-finding'
import { createRate } from './measure-transfer'
import { createPeerPair } from './peer-pair'

const connectWithin = 6000
const measureFor = 3500
const packet = new Uint8Array(1100)
/** More would only wait in the browser, and be counted as sent. */
const mostBuffered = 200_000

export interface ConnectionMeasurement extends ConnectionReading {
  /** Megabits per second that went to the relay and came back; null without a relay. */
  throughRelay: number | null
}

const addresses = (server: RTCIceServer): string[] => ([] as string[]).concat(server.urls)
const overUdp = (address: string): boolean => /^turn:/.test(address) && !/transport=tcp/.test(address)

const only = (servers: readonly RTCIceServer[], wanted: (address: string) => boolean): RTCIceServer[] =>
  servers
    .map((server) => ({ ...server, urls: addresses(server).filter(wanted) }))
    .filter(({ urls }) => urls.length > 0)

/** Tries each way a call could take. `servers` null: the server that names the relays did not answer. */
export async function measureConnection(
  servers: readonly RTCIceServer[] | null,
): Promise<ConnectionMeasurement> {
  const known = servers ?? []
  const udp = only(known, overUdp)
  const tcp = only(known, (address) => !overUdp(address))
  const [local, relayUdp, relayTcp] = await Promise.all([
    tryOut(known, false),
    udp.length === 0 ? null : tryOut(udp, true),
    tcp.length === 0 ? null : tryOut(tcp, true),
  ])
  return {
    server: servers !== null,
    local: local.connected,
    reachable: local.outside,
    relayUdp: relayUdp && relayUdp.connected,
    relayTcp: relayTcp && relayTcp.connected,
    throughRelay: relayUdp?.megabits ?? relayTcp?.megabits ?? null,
  }
}

interface Outcome {
  connected: boolean
  outside: boolean
  megabits: number | null
}

async function tryOut(servers: readonly RTCIceServer[], relayOnly: boolean): Promise<Outcome> {
  const pair = createPeerPair(servers, relayOnly)
  try {
    const channels = await pair.open(connectWithin)
    const megabits = channels && relayOnly ? await flood(channels.near, channels.far) : null
    return { connected: channels !== null, outside: pair.sawOutside(), megabits }
  } finally {
    pair.close()
  }
}

/** Sends as much as goes; counts what arrives. */
function flood(near: RTCDataChannel, far: RTCDataChannel): Promise<number | null> {
  return new Promise((resolve) => {
    const rate = createRate()
    let arrived = 0
    far.binaryType = 'arraybuffer'
    far.onmessage = ({ data }) => {
      arrived += (data as ArrayBuffer).byteLength
      rate.count(arrived, Date.now())
    }
    const fill = (): void => {
      while (near.readyState === 'open' && near.bufferedAmount < mostBuffered) near.send(packet)
    }
    near.bufferedAmountLowThreshold = mostBuffered / 4
    near.onbufferedamountlow = fill
    fill()
    window.setTimeout(() => {
      near.onbufferedamountlow = null
      far.onmessage = null
      resolve(rate.megabits())
    }, measureFor)
  })
}

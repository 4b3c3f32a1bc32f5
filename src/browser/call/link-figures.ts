/** How well media flows from one person to this page. */
export interface LinkFigures {
  /** Bits per second that arrive. */
  down: number
  /** Bits per second that this page sends. */
  up: number
  /** Lost packets on the way here, 0 to 100. */
  lossPercent: number
  roundTripMilliseconds: number | null
  /** Bits per second that the browser believes the way can carry; null where it does not say. */
  available: number | null
  /** Lost packets of what this page sends, as the other side reports, 0 to 100; null before it does. */
  sentLossPercent: number | null
}

/** Counters of a connection at one moment, summed over its tracks. */
export interface LinkCounters {
  atMilliseconds: number
  bytesReceived: number
  bytesSent: number
  packetsReceived: number
  packetsLost: number
  roundTripSeconds: number | null
  available: number | null
  /** The worst of the tracks, 0 to 1; null before the first report. */
  sentLoss: number | null
}

interface StatsEntry {
  type: string
  bytesReceived?: number
  bytesSent?: number
  packetsReceived?: number
  packetsLost?: number
  state?: string
  nominated?: boolean
  currentRoundTripTime?: number
  availableOutgoingBitrate?: number
  fractionLost?: number
}

/** Sums up what getStats reports. */
export function countersOf(entries: Iterable<StatsEntry>, atMilliseconds: number): LinkCounters {
  const sum: LinkCounters = {
    atMilliseconds,
    bytesReceived: 0,
    bytesSent: 0,
    packetsReceived: 0,
    packetsLost: 0,
    roundTripSeconds: null,
    available: null,
    sentLoss: null,
  }
  for (const entry of entries) {
    if (entry.type === 'inbound-rtp') {
      sum.bytesReceived += entry.bytesReceived ?? 0
      sum.packetsReceived += entry.packetsReceived ?? 0
      sum.packetsLost += entry.packetsLost ?? 0
    }
    if (entry.type === 'outbound-rtp') sum.bytesSent += entry.bytesSent ?? 0
    if (entry.type === 'remote-inbound-rtp' && entry.fractionLost !== undefined)
      sum.sentLoss = Math.max(sum.sentLoss ?? 0, entry.fractionLost)
    if (entry.type === 'candidate-pair' && entry.nominated === true && entry.state === 'succeeded') {
      sum.roundTripSeconds = entry.currentRoundTripTime ?? sum.roundTripSeconds
      sum.available = entry.availableOutgoingBitrate ?? sum.available
    }
  }
  return sum
}

/** What happened between two moments; null when a new connection began in between. */
export function figuresBetween(before: LinkCounters, after: LinkCounters): LinkFigures | null {
  const seconds = (after.atMilliseconds - before.atMilliseconds) / 1000
  const received = after.packetsReceived - before.packetsReceived
  const lost = Math.max(0, after.packetsLost - before.packetsLost)
  if (seconds <= 0 || received < 0 || after.bytesSent < before.bytesSent) return null
  return {
    down: ((after.bytesReceived - before.bytesReceived) * 8) / seconds,
    up: ((after.bytesSent - before.bytesSent) * 8) / seconds,
    lossPercent: received + lost === 0 ? 0 : (100 * lost) / (received + lost),
    roundTripMilliseconds: after.roundTripSeconds === null ? null : after.roundTripSeconds * 1000,
    available: after.available,
    sentLossPercent: after.sentLoss === null ? null : after.sentLoss * 100,
  }
}

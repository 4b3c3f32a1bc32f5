import { describe, expect, it } from 'vitest'
import { countersOf, figuresBetween } from './link-figures'

describe('figures of a link', () => {
  const at = (milliseconds: number, bytes: number, packets: number, lost: number) =>
    countersOf(
      [
        { type: 'inbound-rtp', bytesReceived: bytes / 2, packetsReceived: packets / 2, packetsLost: lost },
        { type: 'inbound-rtp', bytesReceived: bytes / 2, packetsReceived: packets / 2 },
        { type: 'outbound-rtp', bytesSent: 1000 },
        { type: 'candidate-pair', nominated: true, state: 'succeeded', currentRoundTripTime: 0.04 },
        { type: 'candidate-pair', nominated: false, state: 'failed', currentRoundTripTime: 9 },
      ],
      milliseconds,
    )

  it('say how much arrives, how much is lost and how long it takes', () => {
    expect(figuresBetween(at(0, 0, 0, 0), at(2000, 250_000, 190, 10))).toEqual({
      down: 1_000_000,
      up: 0,
      lossPercent: 5,
      roundTripMilliseconds: 40,
      available: null,
      sentLossPercent: null,
    })
  })

  it('do not turn a repaired packet into a negative loss', () => {
    expect(figuresBetween(at(0, 0, 0, 10), at(1000, 0, 10, 8))?.lossPercent).toBe(0)
  })

  it('are not made up across a connection that began anew', () => {
    expect(figuresBetween(at(0, 5000, 50, 0), at(1000, 100, 2, 0))).toBeNull()
  })
})

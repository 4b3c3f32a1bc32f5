/** The server's time in milliseconds since 1970, from a clock of this computer that never jumps. */
export interface ServerTime {
  from(local: number): number
  /** An answer to `time`: all three in milliseconds, the server's own in between. */
  heard(sentAt: number, serverNow: number, receivedAt: number): void
  settled(): boolean
}

const samplesNeeded = 5

/**
 * The answer that was quickest tells best. After a few answers nothing changes any more: within a session no
 * moment may come twice, and what two clocks drift apart in an hour is less than a frame's way through a network.
 */
export function createServerTime(ahead: number): ServerTime {
  let best = { ahead, roundTrip: Infinity }
  let samples = 0
  return {
    from: (local) => local + best.ahead,
    heard(sentAt, serverNow, receivedAt) {
      if (samples++ >= samplesNeeded) return
      const roundTrip = receivedAt - sentAt
      if (roundTrip >= 0 && roundTrip < best.roundTrip)
        best = { ahead: serverNow + roundTrip / 2 - receivedAt, roundTrip }
    },
    settled: () => samples >= samplesNeeded,
  }
}

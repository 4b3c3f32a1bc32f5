import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

/** What a way does to the packets on it, in each direction. */
export interface Impairment {
  /** Of 100 packets. */
  lossPercent?: number
  /** One way. */
  delayMilliseconds?: number
  /** What goes through in a second; more waits for a moment, and is dropped when it waits too long. */
  kilobitsPerSecond?: number
}

/** A bad line between browsers and a relay: every UDP packet of theirs passes here. */
export interface LossyRelay {
  port: number
  set(impairment: Impairment): void
  /** Nothing passes until it is over. */
  outage(on: boolean): void
  /** From now on everybody comes from another address, as when a phone changes from Wi-Fi to mobile. */
  changeAddresses(): void
  stop(): void
}

/** Longer than this nothing waits in a line's queue. */
const longestQueueMilliseconds = 400

/** Starts the line before a server on this machine; the same seed loses the same packets. */
export async function startLossyRelay(serverPort: number, seed = 1): Promise<LossyRelay> {
  const front = createSocket('udp4')
  front.bind(0, '127.0.0.1')
  await once(front, 'listening')
  let chance = random(seed)
  const ways = new Map<string, Way>()
  let impairment: Impairment = {}
  let isDown = false

  /** One direction of one person's line. */
  const line = (deliver: (packet: Buffer) => void) => {
    let freeAt = 0
    return (packet: Buffer) => {
      const { lossPercent = 0, delayMilliseconds = 0, kilobitsPerSecond } = impairment
      if (isDown || chance() * 100 < lossPercent) return
      const now = performance.now()
      let wait = delayMilliseconds
      if (kilobitsPerSecond !== undefined) {
        if (freeAt - now > longestQueueMilliseconds) return
        freeAt = Math.max(freeAt, now) + (packet.length * 8) / kilobitsPerSecond
        wait += freeAt - now
      }
      if (wait < 1) deliver(packet)
      else setTimeout(() => deliver(packet), wait)
    }
  }

  interface Way {
    send: (packet: Buffer) => void
    renew(): void
    close(): void
  }
  const open = (address: string, port: number): Way => {
    let back: Socket
    let isOpen = true
    const toClient = line((packet) => {
      if (isOpen) front.send(packet, port, address)
    })
    const connect = () => {
      back = createSocket('udp4')
      const own = back
      own.on('message', (packet) => {
        if (own === back) toClient(packet)
      })
      own.on('error', () => undefined)
    }
    connect()
    return {
      send: line((packet) => {
        if (isOpen) back.send(packet, serverPort, '127.0.0.1')
      }),
      renew() {
        const old = back
        connect()
        old.close()
      },
      close() {
        isOpen = false
        back.close()
      },
    }
  }

  front.on('message', (packet, { address, port }) => {
    const key = `${address}:${port}`
    let way = ways.get(key)
    if (!way) ways.set(key, (way = open(address, port)))
    way.send(packet)
  })
  front.on('error', () => undefined)
  return {
    port: front.address().port,
    set: (next) => {
      impairment = next
      // Each line loses the same packets, whatever was before it
      chance = random(seed)
    },
    outage: (on) => {
      isDown = on
    },
    changeAddresses: () => {
      for (const way of ways.values()) way.renew()
    },
    stop: () => {
      for (const way of ways.values()) way.close()
      front.close()
    },
  }
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32, public domain). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

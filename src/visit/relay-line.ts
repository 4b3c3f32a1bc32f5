import { createSocket } from 'node:dgram'
import { connect as connectTcp, isIP } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { RelayAddress } from './relay-address'
import { stunLength } from './stun-message'

/** A way to one relay: messages out, whole messages in. */
export interface RelayLine {
  send(message: Buffer): void
  close(): void
}

interface LineEvents {
  onMessage: (message: Buffer) => void
  onError: (error: NodeJS.ErrnoException) => void
}

/** Opens it; what is sent before a connection stands waits for it. */
export function openRelayLine(address: RelayAddress, events: LineEvents): RelayLine {
  return address.transport === 'udp' ? openUdp(address, events) : openStream(address, events)
}

function openUdp({ host, port }: RelayAddress, { onMessage, onError }: LineEvents): RelayLine {
  const socket = createSocket(isIP(host) === 6 ? 'udp6' : 'udp4')
  socket.on('message', onMessage)
  socket.on('error', onError)
  let closed = false
  return {
    send(message) {
      if (closed) return
      socket.send(message, port, host, (error) => {
        if (error) onError(error)
      })
    },
    close() {
      if (!closed) socket.close()
      closed = true
    },
  }
}

function openStream({ host, port, transport }: RelayAddress, { onMessage, onError }: LineEvents): RelayLine {
  const socket =
    transport === 'tls'
      ? connectTls({ host, port, ...(isIP(host) === 0 && { servername: host }) })
      : connectTcp({ host, port })
  let pending = Buffer.alloc(0)
  socket.on('data', (bytes: Buffer) => {
    pending = Buffer.concat([pending, bytes])
    for (;;) {
      const length = stunLength(pending)
      if (length === undefined || pending.length < length) return
      onMessage(pending.subarray(0, length))
      pending = pending.subarray(length)
    }
  })
  socket.on('error', onError)
  return {
    send: (message) => socket.write(message),
    close: () => socket.destroy(),
  }
}

import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** A way to a server that a test can cut: to who comes by it the server is gone then. */
export interface TcpProxy {
  port: number
  /** Breaks every connection, and refuses new ones until it is restored. */
  cut(): Promise<void>
  restore(): Promise<void>
  /** Breaks every connection; new ones find their way at once. */
  breakAll(): void
  /** Connections stay and new ones are taken, but no byte comes through until `release`. */
  hold(): void
  release(): void
}

/** Opens a way to a port of this machine (or of the named host). */
export async function startTcpProxy(target: { port: number; host?: string }): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let isHeld = false
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  }
  const pass = (client: Socket) => {
    const server = connect(target.port, target.host ?? 'localhost')
    keep(client)
    keep(server)
    client.on('close', () => server.destroy())
    server.on('close', () => client.destroy())
    client.pipe(server).pipe(client)
    if (isHeld) for (const socket of [client, server]) socket.pause()
  }

  let listener: Server
  const listen = async (port: number) => {
    listener = createServer(pass).listen(port, '127.0.0.1')
    await once(listener, 'listening')
    return (listener.address() as AddressInfo).port
  }
  const port = await listen(0)
  const breakAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port,
    breakAll,
    hold: () => {
      isHeld = true
      for (const socket of sockets) socket.pause()
    },
    release: () => {
      isHeld = false
      for (const socket of sockets) socket.resume()
    },
    cut: async () => {
      const closed = once(listener, 'close')
      listener.close()
      breakAll()
      await closed
    },
    restore: async () => {
      await listen(port)
    },
  }
}

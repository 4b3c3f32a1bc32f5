import type { WebSocket } from '@fastify/websocket'

/**
 * Finds dead sockets: each call of the returned function asks for a sign of life, and ends a socket that has
 * given none since the call before.
 */
export function watchLife(socket: WebSocket): () => void {
  let alive = true
  const note = () => {
    alive = true
  }
  socket.on('pong', note)
  socket.on('message', note)
  return () => {
    if (!alive) {
      socket.terminate()
      return
    }
    alive = false
    socket.ping()
  }
}

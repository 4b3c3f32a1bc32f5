import type { WebSocket } from '@fastify/websocket'
import { createRoom, type Room, type RoomParts } from './room'
import {
  closeCodes,
  type ConnectionParts,
  openConnection,
  type RoomConnection,
  type RoomVisitor,
} from './room-connection'

/** All rooms of which this process holds sockets. */
export interface Rooms {
  open(socket: WebSocket, visitor: RoomVisitor, parts: ConnectionParts): RoomConnection | undefined
  /** Every page connects anew. */
  closeAll: () => void
  checkAlive: () => void
  /** Ends all connections; resolves once their presence is gone. */
  stop(): Promise<void>
}

/** A page that takes over from an older one needs two; nobody can take the room away from the others. */
const mostSocketsPerPerson = 8

export function createRooms(parts: RoomParts): Rooms {
  const rooms = new Map<string, Room>()
  const connections = new Set<RoomConnection>()

  const roomOf = (visitId: string): Room => {
    const known = rooms.get(visitId)
    if (known) return known
    const room = createRoom(visitId, parts)
    rooms.set(visitId, room)
    return room
  }

  return {
    open(socket, visitor, connectionParts) {
      const room = roomOf(visitor.visitId)
      if (room.socketsOf(visitor.person) >= mostSocketsPerPerson) {
        socket.close(closeCodes.refused)
        return undefined
      }
      const connection = openConnection(socket, visitor, room, connectionParts)
      connections.add(connection)
      void connection.closed.then(() => {
        connections.delete(connection)
        if (!room.isEmpty() || rooms.get(visitor.visitId) !== room) return
        rooms.delete(visitor.visitId)
        room.close()
      })
      return connection
    },
    closeAll() {
      for (const connection of connections) connection.close(closeCodes.restart)
    },
    checkAlive() {
      for (const connection of connections) connection.checkAlive()
    },
    async stop() {
      const ends = Array.from(connections, (connection) => connection.end())
      await Promise.all(ends)
      // What is still being read now is read for nobody, and the database goes next
      for (const room of rooms.values()) room.close()
    },
  }
}

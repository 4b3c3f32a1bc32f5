import { randomUUID } from 'node:crypto'
import type { WebSocket } from '@fastify/websocket'
import type { TurnConfig } from '../config/config'
import { linkEndedCode } from '../contract/close-codes'
import { type RoomNotice, roomRequest, type RoomRequest } from '../contract/signalling'
import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import { type Db, inTransaction } from '../platform/db'
import { watchLife } from '../platform/http/socket-life'
import type { Keys } from '../platform/keys'
import type { Logger } from '../platform/logger'
import { addChatMessage } from './add-chat-message'
import { joinRoom } from './join-room'
import { chatPolicy, createAllowance } from './message-allowance'
import { noticeFor } from './notice-for'
import { connectionIsPresent, deletePresence, markReady } from './presence-store'
import { presentPages } from './read-room'
import type { Room, RoomMember } from './room'
import type { RoomPerson } from './room-person'
import { seeWarning } from './see-warning'
import { turnCredentials } from './turn-credentials'
import { tellOfVisit, visitTopic } from './visit-notices'

/** Who opens a socket, and from where. */
export interface RoomVisitor {
  visitId: string
  branchId: number
  person: RoomPerson
  pageId: string
  tabId: string
  take: boolean
}

export interface ConnectionParts {
  db: Db
  bus: Bus
  clock: Clock
  keys: Keys
  log: Logger
  turn: TurnConfig | undefined
  openBeforeMinutes: number
  processId: string
}

export interface RoomConnection {
  member: RoomMember
  /** Resolves once the socket is gone and its presence with it. */
  closed: Promise<void>
  close(code: number): void
  /** Closes without waiting for the other side's goodbye; resolves like `closed`. */
  end(): Promise<void>
  /** Asks the other side for a sign of life; the second one unanswered closes the socket. */
  checkAlive: () => void
}

/** Codes of RFC 6455: the page stays away after the first two, and comes back after the others. */
export const closeCodes = { done: 1000, refused: 1008, failed: 1011, restart: 1012 } as const

/** An SDP with all candidates is far smaller. */
const largestMessageBytes = 64 * 1024
/** RFC 6455: a message that is too big. */
const tooLargeCode = 1009

/** Serves one socket until it closes. Requests are carried out one after the other, in the order they came. */
export function openConnection(
  socket: WebSocket,
  visitor: RoomVisitor,
  room: Room,
  parts: ConnectionParts,
): RoomConnection {
  const { db, bus, clock, log, processId } = parts
  const { visitId, branchId, person, pageId } = visitor
  const { participant } = person
  const id = randomUUID()
  const allowed = createAllowance(clock)
  const maySay = createAllowance(clock, chatPolicy)
  let last: Promise<void>

  const send = (notice: RoomNotice) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(noticeFor(participant, notice)))
  }
  const member: RoomMember = {
    id,
    pageId,
    person,
    send,
    handleReplaced(byPage) {
      // The same page has only made a new connection, and looks at that one
      if (byPage !== pageId) send({ type: 'replaced' })
      socket.close(closeCodes.done)
    },
    handleShutOut() {
      // It comes anew, and is told how the visit stands
      socket.close(closeCodes.restart)
    },
    handleLinkEnded() {
      socket.close(linkEndedCode)
    },
  }
  const refuse = (reason: Extract<RoomNotice, { type: 'refused' }>['reason']) => {
    send({ type: 'refused', reason })
    if (reason !== 'not_allowed') socket.close(closeCodes.refused)
  }

  const join = async () => {
    const { openBeforeMinutes, turn } = parts
    const now = clock.now()
    const joined = await joinRoom(db, {
      ...visitor,
      connectionId: id,
      processId,
      now,
      openBeforeMinutes,
      bus,
    })
    if (joined === 'elsewhere') {
      send({ type: 'elsewhere' })
      socket.close(closeCodes.done)
      return
    }
    if (joined === 'impostor') {
      refuse('bad_message')
      return
    }
    const inRoom = joined === 'present'
    await room.welcome(member, (view, chat) => ({
      type: 'welcome',
      you: participant,
      now: clock.now().toISOString(),
      iceServers: inRoom ? turnCredentials(turn, id, now) : [],
      relayOnly: participant === 'officer' && turn?.officerRelayOnly === true,
      room: view.state,
      present: presentPages(view.present),
      chat: [...chat],
    }))
  }

  const setReady = async (ready: boolean) => {
    const marked = await inTransaction(db, async (tx) => {
      const done = await markReady(tx, id, ready)
      if (done) await bus.publish(tx, { topic: visitTopic(visitId), body: {} })
      return done
    })
    // The next request must find the room as this one has left it
    await room.refresh()
    if (!marked) refuse('not_allowed')
  }

  const say = async ({ id: messageId, text }: Extract<RoomRequest, { type: 'chat' }>) => {
    if (!maySay()) {
      refuse('not_allowed')
      return
    }
    const message = { visitId, connectionId: id, author: participant, id: messageId, text }
    const added = await addChatMessage(db, { ...message, now: clock.now(), keys: parts.keys, bus })
    if (!added.ok) refuse('not_allowed')
  }

  const confirmWarning = async (warningId: string) => {
    const visit = { id: visitId, branchId }
    const isClient = participant === 'client' && (await connectionIsPresent(db, id))
    if (!isClient || !(await seeWarning(db, { visit, id: warningId, now: clock.now(), bus })))
      refuse('not_allowed')
  }

  const carryOut = async (request: RoomRequest) => {
    if (socket.readyState !== socket.OPEN) return
    switch (request.type) {
      case 'ping':
        send({ type: 'pong' })
        return
      case 'enter':
        return setReady(true)
      case 'leave':
        return setReady(false)
      case 'chat':
        return say(request)
      case 'warning_seen':
        return confirmWarning(request.id)
      case 'peer':
        if (!(await room.passOn(member, request.to, request.message))) refuse('not_allowed')
    }
  }

  const inTurn = (work: () => Promise<void>) => {
    last = last.then(work).catch((error: unknown) => {
      log.error({ error }, 'room connection failed')
      socket.close(closeCodes.failed)
    })
  }

  const leave = async () => {
    room.remove(member)
    if (await deletePresence(db, [id])) await tellOfVisit(db, bus, { id: visitId, branchId })
  }

  room.add(member)
  last = join().catch((error: unknown) => {
    log.error({ error }, 'room was not entered')
    socket.close(closeCodes.failed)
  })

  socket.on('message', (data: Buffer, isBinary) => {
    if (data.length > largestMessageBytes) {
      socket.close(tooLargeCode)
      return
    }
    if (!allowed()) {
      refuse('too_many_messages')
      return
    }
    const request = isBinary ? undefined : readRequest(data)
    if (!request) {
      refuse('bad_message')
      return
    }
    inTurn(() => carryOut(request))
  })
  // `close` follows, and tells the same
  socket.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => {
      inTurn(leave)
      void last.then(resolve)
    })
  })

  return {
    member,
    closed,
    close: (code) => {
      socket.close(code)
    },
    end() {
      socket.close(closeCodes.restart)
      socket.terminate()
      return closed
    },
    checkAlive: watchLife(socket),
  }
}

function readRequest(data: Buffer): RoomRequest | undefined {
  try {
    return roomRequest.safeParse(JSON.parse(data.toString('utf8'))).data
  } catch {
    return undefined
  }
}

import type { ChatLine, PeerMessage, RoomNotice } from '../contract/signalling'
import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Logger } from '../platform/logger'
import type { VisitRow } from '../booking/visit-links'
import type { BranchLoads } from './branch-loads'
import { readChat } from './chat-store'
import type { Presence } from './presence-store'
import { presentPages, readRoom, type RoomView, waitOf } from './read-room'
import { mayStillCome } from './meeting-visitor'
import { readRoomMessage, type RoomMessage, roomMessage } from './room-message'
import { isSamePerson, type RoomPerson } from './room-person'
import { roomTopic, visitTopic } from './visit-notices'

/** A socket of this process, as its room sees it. */
export interface RoomMember {
  id: string
  pageId: string
  person: RoomPerson
  send(notice: RoomNotice): void
  /** The person is in the room with another page from now on: `byPage`. */
  handleReplaced(byPage: string): void
  /** The person may not be in the room any more. */
  handleShutOut(): void
  /** The link that the person came by opens nothing any more. */
  handleLinkEnded(): void
}

/** The sockets of one visit in this process. Other processes may hold more; the bus joins them. */
export interface Room {
  add(member: RoomMember): void
  remove(member: RoomMember): void
  isEmpty(): boolean
  /** How many sockets a person has here. */
  socketsOf(person: RoomPerson): number
  /** Reads the room, then makes the member's first message of it, in order with all that follow. */
  welcome(
    member: RoomMember,
    notice: (view: RoomView, chat: readonly ChatLine[]) => RoomNotice,
  ): Promise<void>
  /** Reads the room again and tells the members what changed. */
  refresh(): Promise<void>
  /** @returns false when the two may not exchange media: both must be in the call of a visit in progress */
  passOn(from: RoomMember, toPage: string, message: PeerMessage): Promise<boolean>
  close(): void
}

export interface RoomParts {
  db: Db
  bus: Bus
  clock: Clock
  keys: Keys
  log: Logger
  loads: BranchLoads
}

/** How many of the last lines every echo carries. */
const echoedLines = 20

export function createRoom(visitId: string, { db, bus, clock, keys, log, loads }: RoomParts): Room {
  const members = new Map<string, RoomMember>()
  const welcomed = new Set<RoomMember>()
  let view: RoomView | undefined
  let chat: readonly ChatLine[] = []
  let unfollow: (() => void) | undefined
  let last: Promise<unknown> = Promise.resolve()
  let isClosed = false

  /** One after the other: neither an older reading nor a signal may overtake what came before it. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = last.then(work)
    last = turn.catch((error: unknown) => {
      if (!isClosed) log.error({ error }, 'room was not read')
    })
    return turn
  }
  const tell = (notice: RoomNotice) => {
    for (const member of welcomed) member.send(notice)
  }

  const read = async (): Promise<RoomView> => {
    const now = clock.now()
    const fresh = await readRoom(db, { visitId, keys, now, load: (branchId) => loads.load(branchId) })
    if (!fresh) throw new Error('The visit of an open room is gone')
    const before = view
    view = fresh
    followLoad(fresh)
    for (const member of members.values()) if (!mayStay(fresh.visit, member.person)) member.handleLinkEnded()
    if (before && JSON.stringify(before.state) !== JSON.stringify(fresh.state))
      tell({ type: 'room', now: now.toISOString(), room: fresh.state })
    if (before && JSON.stringify(before.present) !== JSON.stringify(fresh.present))
      tell({ type: 'present', present: presentPages(fresh.present) })
    return fresh
  }

  const mayStay = (visit: VisitRow, person: RoomPerson) =>
    person.participant === 'officer' || mayStillCome(visit, person)

  /** Only who waits wants to know how long. */
  const followLoad = ({ visit, state }: RoomView) => {
    if (state.state === 'waiting') unfollow ??= loads.follow(visit.branch_id, tellWait)
    else {
      unfollow?.()
      unfollow = undefined
    }
  }
  const tellWait = () => {
    ignoringFailure(
      inTurn(async () => {
        if (view?.state.state !== 'waiting') return
        const now = clock.now()
        const wait = waitOf(view.visit, await loads.load(view.visit.branch_id), now)
        if (JSON.stringify(wait) === JSON.stringify(view.state.wait)) return
        view = { ...view, state: { ...view.state, wait } }
        tell({ type: 'room', now: now.toISOString(), room: view.state })
      }),
    )
  }

  const readOn = async (): Promise<readonly ChatLine[]> => {
    const lines = await readChat(db, { visitId, after: chat[chat.length - 1]?.position ?? 0, keys })
    chat = [...chat, ...lines]
    return lines
  }

  const tellChat = (lines: readonly ChatLine[]) => {
    if (lines.length === 0) return
    for (const member of welcomed) if (isIn(member)) member.send({ type: 'chat', lines: [...lines] })
  }

  /** Somebody who takes part in the call that goes on. */
  const inCall = (is: (presence: Presence) => boolean): Presence | undefined =>
    view?.state.state === 'in_progress' ? view.present.find((one) => one.ready && is(one)) : undefined

  const isIn = ({ id }: RoomMember) => view?.present.some(({ connectionId }) => connectionId === id) === true

  const deliver = async (message: RoomMessage) => {
    if (message.type === 'replaced') {
      for (const id of message.connectionIds) members.get(id)?.handleReplaced(message.byPage)
      return
    }
    if (message.type === 'shut_out') {
      for (const id of message.connectionIds) members.get(id)?.handleShutOut()
      return
    }
    if (message.type === 'said') {
      const fresh = await readOn()
      // All that is known of the last minutes: who repeats a line has missed its echo
      tellChat(chat.slice(-Math.max(echoedLines, fresh.length)))
      return
    }
    const { toConnection, from, participant, message: content } = message
    const member = members.get(toConnection)
    // Looked at on this side too: the sender's process may not have heard yet that the call is over
    const sender = inCall(({ pageId }) => pageId === from)
    const receiver = inCall(({ connectionId }) => connectionId === toConnection)
    if (member && sender && receiver) member.send({ type: 'peer', from, participant, message: content })
  }

  const ignoringFailure = (turn: Promise<void>) => {
    // Logged in `inTurn`; the next notice reads again
    turn.catch(() => undefined)
  }
  const readAgain = () => {
    ignoringFailure(
      inTurn(async () => {
        await read()
      }),
    )
  }
  const catchUp = () => {
    ignoringFailure(
      inTurn(async () => {
        await read()
        tellChat(await readOn())
      }),
    )
  }
  const subscriptions = [
    bus.subscribe(visitTopic(visitId), readAgain),
    bus.subscribe(roomTopic(visitId), (body) => {
      ignoringFailure(
        inTurn(async () => {
          await deliver(readRoomMessage(body))
        }),
      )
    }),
    bus.onRestored(catchUp),
  ]

  return {
    add(member) {
      members.set(member.id, member)
    },
    remove(member) {
      members.delete(member.id)
      welcomed.delete(member)
    },
    isEmpty: () => members.size === 0,
    socketsOf: (person) =>
      [...members.values()].filter((member) => isSamePerson(member.person, person)).length,
    welcome: (member, notice) =>
      inTurn(async () => {
        const fresh = await read()
        if (!members.has(member.id)) return
        await readOn()
        welcomed.add(member)
        member.send(notice(fresh, isIn(member) ? chat : []))
      }),
    refresh: () =>
      inTurn(async () => {
        await read()
      }),
    async passOn(from, toPage, message) {
      const sender = inCall(({ connectionId }) => connectionId === from.id)
      const receiver = inCall(({ pageId }) => pageId === toPage)
      if (!sender || !receiver || sender === receiver) return false
      const { participant, pageId } = sender
      const { connectionId: toConnection } = receiver
      const passed: RoomMessage = { type: 'peer', toConnection, from: pageId, participant, message }
      if (members.has(toConnection)) await deliver(passed)
      else await bus.publish(db, { topic: roomTopic(visitId), body: roomMessage(passed) })
      return true
    },
    close() {
      isClosed = true
      unfollow?.()
      for (const unsubscribe of subscriptions) unsubscribe()
    },
  }
}

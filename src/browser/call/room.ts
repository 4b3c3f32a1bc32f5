import { linkEndedCode } from '../../contract/close-codes'
import type {
  ChatLine,
  Participant,
  PresentPage,
  RoomNotice,
  RoomRequest,
  RoomState,
} from '../../contract/signalling'
import { createChatSender } from './chat-sender'
import { type ChatView, emptyChat, heard, saying } from './chat-view'
import { createEmitter, type Emitter } from './emitter'
import { createLiveSocket, type LiveSocket, signedOutCode } from './live-socket'
import type { MediaTransport, OutgoingMedia, RemotePeer } from './media-transport'
import { newPageId, newUuid, tabId, type TabMemory } from './page-id'
import { createServerClock, type ServerClock } from './server-clock'

/** What a page in a visit's room knows. */
export interface RoomView {
  /** `ended`: the server has closed it for good. */
  signalling: 'connecting' | 'open' | 'down' | 'ended'
  /** `elsewhere`: another tab or device has the room; `replaced`: it has taken it over from this page. */
  place: 'here' | 'elsewhere' | 'replaced'
  you: Participant | null
  state: RoomState
  /** This page takes part in the call, or will as soon as devices and signalling have answered. */
  entered: boolean
  present: readonly PresentPage[]
  peers: readonly RemotePeer[]
  chat: ChatView
}

export interface Room {
  on: Emitter<{ change: RoomView }>['on']
  view(): RoomView
  /** The server's time. */
  readonly clock: ServerClock
  connect(): void
  /** Takes part in the call: now, or as soon as the room allows it; kept through reloads of the tab. */
  enter(): void
  /** Leaves the call; the visit stays open. */
  leave(): void
  /** Moves the call to this page from another tab or device. */
  takeOver(): void
  /** Nobody enters before the devices have answered: tracks that come later cost a second negotiation. */
  setMedia(media: OutgoingMedia): void
  /** Sharpness before movement while a document is shown. */
  setDocumentMode(on: boolean): void
  /** Says something in the chat; kept and sent again until the server has it. */
  say(text: string): void
  confirmWarning(id: string): void
  close(): void
}

interface RoomOptions {
  /** Address of the room's WebSocket without its query; relative to the page. */
  address: string
  /** Tells visits apart in what the tab remembers. */
  visitNumber: string
  /** As the server wrote them into the page. */
  serverNow: string
  state: RoomState
  memory: TabMemory
  transport: MediaTransport
}

/** New credentials are asked for at most this often: an expired secret on the server must not make a loop. */
const renewCredentialsEveryMilliseconds = 30_000

export function createRoom(options: RoomOptions): Room {
  const { address, memory, transport } = options
  const enteredKey = `e-wizyta.${options.visitNumber}.entered`
  const events = createEmitter<{ change: RoomView }>()
  const clock = createServerClock(options.serverNow)
  const pageId = newPageId()
  const tab = tabId(memory)
  let socket: LiveSocket | undefined
  let taking = false
  let credentialsRenewedAt = 0
  let mediaKnown = false
  let sending = false
  let wantsIn = memory.get(enteredKey) !== null
  let view: RoomView = {
    signalling: 'connecting',
    place: 'here',
    you: null,
    state: options.state,
    entered: wantsIn && options.state.state === 'in_progress',
    present: [],
    peers: [],
    chat: emptyChat,
  }

  const change = (part: Partial<RoomView>): void => {
    view = { ...view, ...part }
    events.emit('change', view)
  }
  const send = (request: RoomRequest): boolean => socket?.send(request) ?? false
  const sendUnheard = createChatSender((line) => send({ type: 'chat', ...line }))

  const url = (): string => {
    const full = new URL(address, window.location.href)
    full.protocol = full.protocol.replace('http', 'ws')
    full.searchParams.set('page', pageId)
    full.searchParams.set('tab', tab)
    if (taking) full.searchParams.set('take', '1')
    return full.href
  }

  const connect = (): void => {
    if (socket) return
    const opened = createLiveSocket({ url, ping: { type: 'ping' } satisfies RoomRequest })
    socket = opened
    opened.on('message', (message) => handle(message as RoomNotice))
    opened.on('down', () => change({ signalling: 'down' }))
    opened.on('ended', (code) => {
      // Only the server can tell a person that the session is over, or the link
      if (code === signedOutCode || code === linkEndedCode) window.location.reload()
      change({ signalling: 'ended' })
    })
  }

  const disconnect = (): void => {
    socket?.close()
    socket = undefined
  }

  const setWish = (wish: boolean): void => {
    wantsIn = wish
    memory.set(enteredKey, wish ? '1' : null)
  }

  const enterIfAllowed = (): void => {
    if (!wantsIn || view.state.state !== 'in_progress') return
    if (!view.entered) change({ entered: true })
    if (sending || !mediaKnown || view.you === null || !send({ type: 'enter' })) return
    sending = true
    transport.enter({ pageId, participant: view.you })
  }

  const stayOut = (): void => {
    if (sending) transport.leave()
    sending = false
    if (view.entered) change({ entered: false })
  }

  const handle = (notice: RoomNotice): void => {
    switch (notice.type) {
      case 'welcome':
        taking = false
        clock.set(notice.now)
        transport.handlePresent(notice.present)
        change({
          signalling: 'open',
          place: 'here',
          you: notice.you,
          state: notice.room,
          present: notice.present,
        })
        // The server knows sockets, not pages: said again before anything is passed on
        if (sending) send({ type: 'enter' })
        transport.handleConnected({
          servers: notice.iceServers as RTCIceServer[],
          relayOnly: notice.relayOnly,
        })
        hear(notice.chat)
        sendUnheard(view.chat.unsent, true)
        followState()
        return
      case 'chat':
        hear(notice.lines)
        sendUnheard(view.chat.unsent, false)
        return
      case 'room':
        clock.set(notice.now)
        change({ state: notice.room })
        if (notice.room.state === 'in_progress') sendUnheard(view.chat.unsent, true)
        followState()
        return
      case 'present':
        change({ present: notice.present })
        transport.handlePresent(notice.present)
        return
      case 'peer':
        transport.handlePeer(notice.from, notice.participant, notice.message)
        return
      case 'elsewhere':
      case 'replaced':
        disconnect()
        stayOut()
        change({ place: notice.type, signalling: 'connecting' })
        return
      case 'refused':
      case 'pong':
        return
    }
  }

  const hear = (lines: readonly ChatLine[]): void => change({ chat: heard(view.chat, lines) })

  const followState = (): void => {
    if (view.state.state === 'in_progress') {
      enterIfAllowed()
      return
    }
    // Back on the list or ended: the next invitation is accepted anew
    setWish(false)
    stayOut()
  }

  transport.on('message', ({ to, message }) => send({ type: 'peer', to, message }))
  transport.on('peers', (peers) => change({ peers }))
  transport.on('relayRefused', () => {
    if (Date.now() - credentialsRenewedAt < renewCredentialsEveryMilliseconds) return
    credentialsRenewedAt = Date.now()
    socket?.reopen()
  })

  return {
    on: events.on,
    view: () => view,
    clock,
    connect,
    enter() {
      setWish(true)
      enterIfAllowed()
    },
    leave() {
      send({ type: 'leave' })
      setWish(false)
      stayOut()
    },
    takeOver() {
      taking = true
      change({ place: 'here', signalling: 'connecting' })
      disconnect()
      connect()
    },
    setMedia(media) {
      mediaKnown = true
      transport.setMedia(media)
      enterIfAllowed()
    },
    setDocumentMode: (on) => transport.setDocumentMode(on),
    say(text) {
      change({ chat: saying(view.chat, { id: newUuid(), text }) })
      sendUnheard(view.chat.unsent, false)
    },
    confirmWarning(id) {
      send({ type: 'warning_seen', id })
    },
    close() {
      disconnect()
      stayOut()
      change({ signalling: 'connecting' })
    },
  }
}

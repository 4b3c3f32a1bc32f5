import { linkEndedCode } from '../../contract/close-codes'
import { createEmitter, type Emitter } from './emitter'
import { defaultReconnectPolicy, reconnectDelay } from './reconnect-policy'

interface LiveSocketEvents {
  open: undefined
  /** A parsed message; its shape is the server's promise (src/contract). */
  message: unknown
  /** Not connected: a try follows by itself. */
  down: undefined
  /** The server wants no further try: the close code says why. */
  ended: number
}

/** Signed out: the page must be asked for anew (src/staff/watch-session). */
export const signedOutCode = 4401
/** Done, refused, link not good any more: a further try would end the same way. */
const finalCodes = [1000, 1008, signedOutCode, linkEndedCode]

/** A WebSocket that comes back by itself. */
export interface LiveSocket {
  on: Emitter<LiveSocketEvents>['on']
  /** False when it is not connected: nothing is kept for later. */
  send(message: object): boolean
  /** Leaves the present connection and makes a new one at once. */
  reopen(): void
  close(): void
}

interface LiveSocketOptions {
  /** Asked again for every try: the address may change (`take=1`). */
  url: () => string
  /** Sent every 2.5 s where the server answers; an unanswered one means that the connection is dead. */
  ping?: object
  connect?: (url: string) => WebSocket
  random?: () => number
}

const pingEveryMilliseconds = 2500
const deadAfterMilliseconds = 2500
/** After waking up or coming back online a dead connection must be found quickly. */
const doubtMilliseconds = 3000
/** A server that accepts and never answers must not hold up the next try. */
const openWithinMilliseconds = 4000

export function createLiveSocket(options: LiveSocketOptions): LiveSocket {
  const { url, ping, connect = (address: string) => new WebSocket(address), random = Math.random } = options
  const events = createEmitter<LiveSocketEvents>()
  let socket: WebSocket | undefined
  let closed = false
  let attempt = 0
  let retry: number | undefined
  let beat: number | undefined
  let opening: number | undefined
  let unansweredSince: number | undefined

  const drop = (): void => {
    const old = socket
    socket = undefined
    window.clearInterval(beat)
    window.clearTimeout(opening)
    unansweredSince = undefined
    if (!old) return
    old.onopen = old.onmessage = old.onclose = old.onerror = null
    old.close()
  }

  const lose = (): void => {
    drop()
    if (closed) return
    window.clearTimeout(retry)
    retry = window.setTimeout(open, reconnectDelay(defaultReconnectPolicy, attempt++, random()))
    events.emit('down', undefined)
  }

  const end = (code: number): void => {
    closed = true
    drop()
    events.emit('ended', code)
  }

  const sendPing = (): void => {
    if (!ping || unansweredSince !== undefined) return
    if (send(ping)) unansweredSince = Date.now()
  }

  const checkAlive = (limit: number): void => {
    if (unansweredSince !== undefined && Date.now() - unansweredSince >= limit) lose()
    else sendPing()
  }

  function open(): void {
    window.clearTimeout(retry)
    drop()
    if (closed) return
    const opened = connect(url())
    socket = opened
    opening = window.setTimeout(lose, openWithinMilliseconds)
    opened.onopen = () => {
      window.clearTimeout(opening)
      beat = window.setInterval(() => checkAlive(deadAfterMilliseconds), pingEveryMilliseconds)
      events.emit('open', undefined)
    }
    opened.onmessage = (event: MessageEvent<string>) => {
      attempt = 0
      unansweredSince = undefined
      events.emit('message', JSON.parse(event.data))
    }
    opened.onclose = ({ code }) => {
      if (finalCodes.indexOf(code) < 0) lose()
      else end(code)
    }
  }

  function send(message: object): boolean {
    if (socket?.readyState !== 1) return false
    socket.send(JSON.stringify(message))
    return true
  }

  const reopen = (): void => {
    attempt = 0
    open()
  }

  const onOnline = (): void => {
    if (closed) return
    if (!socket || socket.readyState !== 1) reopen()
    else doubt()
  }
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') onOnline()
  }
  const doubt = (): void => {
    sendPing()
    window.setTimeout(() => {
      if (unansweredSince !== undefined) checkAlive(doubtMilliseconds)
    }, doubtMilliseconds)
  }
  window.addEventListener('online', onOnline)
  document.addEventListener('visibilitychange', onVisible)

  open()
  return {
    on: events.on,
    send,
    reopen,
    close() {
      closed = true
      window.clearTimeout(retry)
      window.removeEventListener('online', onOnline)
      document.removeEventListener('visibilitychange', onVisible)
      drop()
    },
  }
}

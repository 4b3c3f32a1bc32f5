import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLiveSocket } from './live-socket'

class FakeSocket {
  static made: FakeSocket[] = []
  static get last(): FakeSocket {
    return FakeSocket.made[FakeSocket.made.length - 1] as FakeSocket
  }
  readyState = 0
  sent: unknown[] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  readonly url: string
  constructor(url: string) {
    this.url = url
    FakeSocket.made.push(this)
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }
  close(): void {
    this.readyState = 3
  }
  open(): void {
    this.readyState = 1
    this.onopen?.()
  }
  answer(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) })
  }
  lose(code = 1006): void {
    this.readyState = 3
    this.onclose?.({ code })
  }
}

const page = new EventTarget()

beforeEach(() => {
  vi.useFakeTimers()
  FakeSocket.made = []
  vi.stubGlobal('window', {
    setTimeout,
    clearTimeout,
    setInterval,
    clearInterval,
    addEventListener: page.addEventListener.bind(page),
    removeEventListener: page.removeEventListener.bind(page),
  })
  vi.stubGlobal('document', { addEventListener: () => undefined, removeEventListener: () => undefined })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const connect = () => {
  let tries = 0
  const socket = createLiveSocket({
    url: () => `ws://here/?try=${++tries}`,
    ping: { type: 'ping' },
    connect: (url) => new FakeSocket(url) as unknown as WebSocket,
    random: () => 0.5,
  })
  const down = vi.fn()
  socket.on('down', down)
  return { socket, down }
}

describe('a socket that comes back by itself', () => {
  it('tries again after a loss, with its address asked for anew', () => {
    const { socket, down } = connect()
    FakeSocket.last.open()
    FakeSocket.last.lose()
    expect(down).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(250)
    expect(FakeSocket.last.url).toBe('ws://here/?try=2')
    socket.close()
  })

  it('waits longer after every failed try, and starts over once it was answered', () => {
    const { socket } = connect()
    FakeSocket.last.lose()
    vi.advanceTimersByTime(250)
    FakeSocket.last.lose()
    vi.advanceTimersByTime(449)
    expect(FakeSocket.made).toHaveLength(2)
    vi.advanceTimersByTime(1)
    expect(FakeSocket.made).toHaveLength(3)
    FakeSocket.last.open()
    FakeSocket.last.answer({ type: 'welcome' })
    FakeSocket.last.lose()
    vi.advanceTimersByTime(250)
    expect(FakeSocket.made).toHaveLength(4)
    socket.close()
  })

  it('notices a dead connection by an unanswered ping', () => {
    const { socket, down } = connect()
    FakeSocket.last.open()
    vi.advanceTimersByTime(2500)
    expect(FakeSocket.last.sent).toEqual([{ type: 'ping' }])
    FakeSocket.last.answer({ type: 'pong' })
    vi.advanceTimersByTime(4999)
    expect(down).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(down).toHaveBeenCalledTimes(1)
    socket.close()
  })

  it('does not wait when the device is online again', () => {
    const { socket } = connect()
    for (let i = 0; i < 8; i++) {
      FakeSocket.last.lose()
      vi.advanceTimersByTime(3200)
    }
    const before = FakeSocket.made.length
    FakeSocket.last.lose()
    page.dispatchEvent(new Event('online'))
    expect(FakeSocket.made).toHaveLength(before + 1)
    socket.close()
  })

  it('gives up a server that accepts and never answers', () => {
    const { socket, down } = connect()
    vi.advanceTimersByTime(4000)
    expect(down).toHaveBeenCalledTimes(1)
    socket.close()
  })

  it('stays away when the server says so', () => {
    const { socket } = connect()
    const ended = vi.fn()
    socket.on('ended', ended)
    FakeSocket.last.open()
    FakeSocket.last.lose(1008)
    vi.advanceTimersByTime(60_000)
    page.dispatchEvent(new Event('online'))
    expect(ended).toHaveBeenCalledWith(1008)
    expect(FakeSocket.made).toHaveLength(1)
  })

  it('says when nothing could be sent, and stays closed once it is closed', () => {
    const { socket } = connect()
    expect(socket.send({ type: 'enter' })).toBe(false)
    FakeSocket.last.open()
    expect(socket.send({ type: 'enter' })).toBe(true)
    socket.close()
    vi.advanceTimersByTime(60_000)
    expect(FakeSocket.made).toHaveLength(1)
  })
})

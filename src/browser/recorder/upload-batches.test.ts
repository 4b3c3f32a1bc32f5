import { describe, expect, test } from 'vitest'
import { journalCloseCodes } from '../../contract/close-codes'
import type { JournalNotice, JournalRequest } from '../../contract/recording'
import type { BuiltBatch } from './batch-builder'
import { createUploader, type JournalSocket, mostInFlight } from './upload-batches'

const batch = (number: number): BuiltBatch => ({
  number,
  bytes: Uint8Array.of(number),
  builtAt: number * 250,
})

/** A server that answers by hand, and a clock that a test moves. */
function scene() {
  const sockets: (JournalSocket & { sent: (number | JournalRequest)[]; closed: boolean })[] = []
  const acked: number[] = []
  let now = 0
  let timers: { at: number; run: () => void }[] = []
  const uploader = createUploader({
    connect() {
      const socket = {
        sent: [] as (number | JournalRequest)[],
        closed: false,
        bufferedAmount: 0,
        onopen: null,
        onmessage: null,
        onclose: null,
        send(data: Uint8Array<ArrayBuffer> | string) {
          this.sent.push(typeof data === 'string' ? (JSON.parse(data) as JournalRequest) : (data[0] ?? 0))
        },
        close() {
          this.closed = true
        },
      }
      sockets.push(socket)
      return socket
    },
    now: () => now,
    later(milliseconds, run) {
      const timer = { at: now + milliseconds, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((one) => one !== timer)
      }
    },
    random: () => 1,
    onReady: () => undefined,
    onTime: () => undefined,
    onAcked: (have) => acked.push(have),
    onChange: () => undefined,
  })
  const socket = () => {
    const last = sockets[sockets.length - 1]
    if (!last) throw new Error('No socket')
    return last
  }
  return {
    uploader,
    sockets,
    socket,
    acked,
    say: (notice: JournalNotice) => socket().onmessage?.({ data: JSON.stringify(notice) }),
    ready: (have: number) =>
      socket().onmessage?.({ data: JSON.stringify({ type: 'ready', have, now: 0, spoolKey: '' }) }),
    drop: (code = 1006) => socket().onclose?.({ code }),
    pass: (milliseconds: number) => {
      now += milliseconds
      const due = timers.filter(({ at }) => at <= now)
      timers = timers.filter(({ at }) => at > now)
      for (const { run } of due) run()
    },
  }
}

test('nothing is sent before the server has said what it has; then everything, in order', () => {
  const { uploader, socket, ready } = scene()
  uploader.add(batch(1))
  uploader.add(batch(2))
  expect(socket().sent).toEqual([])
  ready(0)
  expect(socket().sent).toEqual([1, 2])
  uploader.add(batch(3))
  expect(socket().sent).toEqual([1, 2, 3])
})

test('a connection that comes back goes on after what is durable, within a second', () => {
  const { uploader, sockets, socket, ready, say, drop, pass } = scene()
  ready(0)
  for (const number of [1, 2, 3, 4]) uploader.add(batch(number))
  say({ type: 'ack', have: 1 })
  drop()
  uploader.add(batch(5))
  expect(uploader.state()).toMatchObject({ connected: false, savedTo: 250, waitingSeconds: 1 })
  pass(100)
  expect(sockets).toHaveLength(2)
  ready(2)
  expect(socket().sent).toEqual([3, 4, 5])
  for (let tries = 0; tries < 8; tries++) {
    drop()
    pass(1000)
  }
  expect(sockets).toHaveLength(10)
})

test('only so many batches are in flight; each acknowledgement makes room', () => {
  const { uploader, socket, ready, say } = scene()
  ready(0)
  for (let number = 1; number <= 40; number++) uploader.add(batch(number))
  expect(socket().sent).toHaveLength(mostInFlight)
  say({ type: 'ack', have: 8 })
  expect(socket().sent).toHaveLength(40)
})

describe('a batch that is refused', () => {
  test.each([
    ['damaged', 100],
    ['gap', 100],
    ['busy', 500],
  ] as const)('as %s is sent again, with all after it, once', (reason, wait) => {
    const { uploader, socket, ready, say, pass } = scene()
    ready(0)
    for (const number of [1, 2, 3]) uploader.add(batch(number))
    say({ type: 'refused', number: 2, reason, have: 1 })
    say({ type: 'refused', number: 3, reason, have: 1 })
    pass(wait)
    expect(socket().sent).toEqual([1, 2, 3, 2, 3])
    pass(1000)
    expect(socket().sent).toHaveLength(5)
  })

  test('as damaged five times is damaged here: it is told, and nothing more is sent', () => {
    const { uploader, sockets, ready, say, pass } = scene()
    ready(0)
    uploader.add(batch(1))
    for (let tries = 0; tries < 5; tries++) {
      say({ type: 'refused', number: 1, reason: 'damaged', have: 0 })
      pass(100)
    }
    expect(uploader.state().end).toBe('damaged')
    pass(10_000)
    expect(sockets).toHaveLength(1)
  })

  test.each(['out_of_range', 'different', 'broken_chain', 'forged'] as const)('as %s is told', (reason) => {
    const { uploader, ready, say } = scene()
    ready(0)
    uploader.add(batch(1))
    say({ type: 'refused', number: 1, reason, have: 0 })
    expect(uploader.state()).toMatchObject({ end: reason, connected: false })
  })
})

test.each(['refused', 'replaced', 'erased'] as const)('a socket closed as %s does not come back', (why) => {
  const { uploader, sockets, ready, drop, pass } = scene()
  ready(0)
  drop(journalCloseCodes[why])
  expect(uploader.state().end).toBe(why)
  pass(60_000)
  expect(sockets).toHaveLength(1)
})

test('a server that has lost what was durable is told of, not fed with a gap', () => {
  const { uploader, ready, say, drop, pass, socket } = scene()
  ready(0)
  uploader.add(batch(1))
  uploader.add(batch(2))
  say({ type: 'ack', have: 2 })
  drop()
  pass(100)
  ready(1)
  expect(uploader.state().end).toBe('gap')
  expect(socket().sent).toEqual([])
})

test('the end is said once all is sent, again after a break, and is done when all is durable', () => {
  const { uploader, socket, ready, say, drop, pass, acked } = scene()
  ready(0)
  for (let number = 1; number <= 40; number++) uploader.add(batch(number))
  uploader.end(40)
  expect(socket().sent).not.toContainEqual({ type: 'end', last: 40 })
  say({ type: 'ack', have: 32 })
  expect(socket().sent.slice(-1)).toEqual([{ type: 'end', last: 40 }])
  drop()
  pass(100)
  ready(38)
  expect(socket().sent).toEqual([39, 40, { type: 'end', last: 40 }])
  say({ type: 'done', have: 40 })
  expect(uploader.state().end).toBe('done')
  expect(acked.slice(-1)).toEqual([40])
})

test('a connection that answers nothing is given up; one that moves slowly is not', () => {
  const { uploader, sockets, socket, ready, pass } = scene()
  ready(0)
  uploader.add(batch(1))
  for (let left = 10; left > 0; left--) {
    Object.assign(socket(), { bufferedAmount: left })
    uploader.check()
    pass(1000)
  }
  expect(sockets).toHaveLength(1)
  for (let second = 0; second < 8; second++) {
    uploader.check()
    pass(1000)
  }
  expect(sockets).toHaveLength(2)
})

test('what the server has already is not sent', () => {
  const { uploader, socket, ready } = scene()
  ready(5)
  for (const number of [4, 5, 6]) uploader.add(batch(number))
  expect(socket().sent).toEqual([6])
})

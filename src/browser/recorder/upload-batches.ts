import { journalCloseCodes } from '../../contract/close-codes'
import type { BatchRefusal, JournalNotice, JournalRequest } from '../../contract/recording'
import type { BuiltBatch } from './batch-builder'

/** What is used of a WebSocket. */
export interface JournalSocket {
  send(data: Uint8Array<ArrayBuffer> | string): void
  close(): void
  readonly bufferedAmount: number
  onopen: (() => void) | null
  onmessage: ((event: { data: string }) => void) | null
  onclose: ((event: { code: number }) => void) | null
}

/** Why nothing more is sent in this session. */
export type UploadEnd = 'done' | 'refused' | 'replaced' | 'erased' | BatchRefusal

export interface UploadState {
  connected: boolean
  /** `builtAt` of the last durable batch; null: none yet. */
  savedTo: number | null
  /** Of what is not durable yet. */
  waitingBytes: number
  waitingSeconds: number
  end: UploadEnd | null
}

interface UploadParts {
  connect: () => JournalSocket
  /** Milliseconds of a clock that never jumps. */
  now: () => number
  later: (milliseconds: number, run: () => void) => () => void
  random: () => number
  onReady: (notice: Extract<JournalNotice, { type: 'ready' }>) => void
  onTime: (notice: Extract<JournalNotice, { type: 'time' }>) => void
  /** Durable up to and with this number. */
  onAcked: (have: number) => void
  onChange: (state: UploadState) => void
}

export interface Uploader {
  add(batch: BuiltBatch): void
  request(request: JournalRequest): void
  /** To be called now and then: finds a connection that is dead. */
  check(): void
  /** Nothing more will be added; `last` is the number of the last batch, at least what the server has. */
  end(last: number): void
  close(): void
  state(): UploadState
  /** Batches that are not durable, oldest first. */
  unsaved(): readonly BuiltBatch[]
}

/** Sent and not yet durable, in batches. */
export const mostInFlight = 32
const deadAfterMilliseconds = 6000
const resendAfterMilliseconds = 100
const busyMilliseconds = 500
const backoff = { first: 100, factor: 2, longest: 1000 }
/** A batch that arrives damaged again and again is damaged here. */
const mostTries = 5

const sentAgain: readonly BatchRefusal[] = ['damaged', 'gap', 'busy']

/** Keeps every batch until the server has it durable, and sends from there on after every break. */
export function createUploader(parts: UploadParts): Uploader {
  let queue: BuiltBatch[] = []
  let waitingBytes = 0
  let have = 0
  let sentUpTo = 0
  let savedTo: number | null = null
  let socket: JournalSocket | null = null
  let ready = false
  let ending: number | null = null
  let endSent = false
  let end: UploadEnd | null = null
  let attempt = 0
  let heardAt = 0
  let buffered = 0
  let stopRetry = (): void => undefined
  let stopRewind: (() => void) | null = null
  let damaged = { number: 0, times: 0 }

  const state = (): UploadState => {
    const oldest = queue[0]
    const newest = queue[queue.length - 1]
    return {
      connected: ready,
      savedTo,
      waitingBytes,
      waitingSeconds: oldest && newest ? (newest.builtAt - (savedTo ?? oldest.builtAt)) / 1000 : 0,
      end,
    }
  }
  const changed = (): void => parts.onChange(state())

  const drop = (): void => {
    const old = socket
    socket = null
    ready = false
    endSent = false
    stopRewind?.()
    stopRewind = null
    if (!old) return
    old.onopen = old.onmessage = old.onclose = null
    old.close()
  }

  const finish = (why: UploadEnd): void => {
    end = why
    stopRetry()
    drop()
    changed()
  }

  const lose = (): void => {
    drop()
    if (end) return
    const delay = Math.min(backoff.longest, backoff.first * backoff.factor ** attempt++)
    stopRetry()
    stopRetry = parts.later(delay * (0.75 + parts.random() / 4), open)
    changed()
  }

  function open(): void {
    if (end) return
    const opened = parts.connect()
    socket = opened
    heardAt = parts.now()
    buffered = 0
    opened.onmessage = ({ data }) => handle(JSON.parse(data) as JournalNotice)
    opened.onclose = ({ code }) => {
      if (code === journalCloseCodes.refused) finish('refused')
      else if (code === journalCloseCodes.replaced) finish('replaced')
      else if (code === journalCloseCodes.erased) finish('erased')
      else lose()
    }
  }

  const durable = (upTo: number): void => {
    if (upTo <= have) return
    have = upTo
    sentUpTo = Math.max(sentUpTo, have)
    const kept = queue.findIndex(({ number }) => number > have)
    const acked = kept < 0 ? queue : queue.slice(0, kept)
    queue = kept < 0 ? [] : queue.slice(kept)
    for (const { bytes } of acked) waitingBytes -= bytes.length
    savedTo = acked[acked.length - 1]?.builtAt ?? savedTo
    parts.onAcked(have)
  }

  const pump = (): void => {
    if (!ready || !socket || stopRewind) return
    for (const batch of queue) {
      if (batch.number <= sentUpTo) continue
      if (batch.number - have > mostInFlight) break
      socket.send(batch.bytes)
      sentUpTo = batch.number
    }
    const last = ending === null ? 0 : Math.max(ending, have)
    if (ending === null || endSent || sentUpTo < last) return
    endSent = true
    request({ type: 'end', last })
  }

  const rewind = (milliseconds: number): void => {
    stopRewind ??= parts.later(milliseconds, () => {
      stopRewind = null
      sentUpTo = have
      endSent = false
      pump()
    })
  }

  const refused = (number: number, reason: BatchRefusal): void => {
    if (!sentAgain.includes(reason)) {
      finish(reason)
      return
    }
    if (reason === 'damaged') {
      damaged = { number, times: damaged.number === number ? damaged.times + 1 : 1 }
      if (damaged.times >= mostTries) {
        finish(reason)
        return
      }
    }
    rewind(reason === 'busy' ? busyMilliseconds : resendAfterMilliseconds)
  }

  function handle(notice: JournalNotice): void {
    heardAt = parts.now()
    switch (notice.type) {
      case 'ready': {
        attempt = 0
        durable(notice.have)
        const [oldest] = queue
        // What was durable is no more, and we have it no more either: nothing can follow it
        if (notice.have < have || (oldest && oldest.number > notice.have + 1)) {
          finish('gap')
          return
        }
        ready = true
        sentUpTo = have
        parts.onReady(notice)
        break
      }
      case 'time':
        parts.onTime(notice)
        break
      case 'ack':
        durable(notice.have)
        break
      case 'refused':
        durable(notice.have)
        refused(notice.number, notice.reason)
        break
      case 'done':
        durable(notice.have)
        if (ending !== null && queue.length === 0) {
          finish('done')
          return
        }
    }
    if (end) return
    pump()
    changed()
  }

  function request(what: JournalRequest): void {
    if (ready) socket?.send(JSON.stringify(what))
  }

  open()
  return {
    add(batch) {
      if (end || batch.number <= have) return
      queue.push(batch)
      waitingBytes += batch.bytes.length
      pump()
      changed()
    },
    request,
    check() {
      if (!socket) return
      // A slow line that still moves is not a dead one
      const moves = socket.bufferedAmount < buffered
      buffered = socket.bufferedAmount
      const now = parts.now()
      if (moves || (ready && queue.length === 0 && ending === null)) heardAt = now
      if (now - heardAt > deadAfterMilliseconds) lose()
    },
    end(last) {
      ending = last
      pump()
    },
    close() {
      end ??= 'replaced'
      stopRetry()
      drop()
    },
    state,
    unsaved: () => queue,
  }
}

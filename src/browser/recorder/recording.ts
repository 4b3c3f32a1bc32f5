import {
  batchMilliseconds,
  decodeBatch,
  type JournalRecord,
  sessionBytes,
  type TrackRecord,
} from '../../contract/journal'
import { createBatchBuilder } from './batch-builder'
import { type CarriedOver, carryOver, nothingCarried } from './carry-over'
import { createJournalWriter, type FrameFacts } from './journal-writer'
import { localNow } from './local-now'
import { openJournal } from './open-journal'
import { createServerTime } from './server-time'
import { createSpool } from './spool'
import type { SpoolFile } from './spool-format'
import { withSpoolFile } from './spool-files'
import type { RecorderView, ToWorker } from './worker-messages'

export type Start = Extract<ToWorker, { type: 'record' }>
export type Fact = Extract<
  ToWorker,
  { type: 'plan' | 'gone' | 'muted' | 'pause' | 'hold' | 'slice' | 'flush' }
>

/** How one session stands. */
export type SessionView = Omit<RecorderView, 'restarts'>

export interface RecordingParts {
  askKeyFrame: (tap: string) => void
  /** Whenever something has changed that a person could notice. */
  onView: (view: SessionView) => void
}

/** The recording of one page load: from frames to what is durable at the server. */
export interface Recording {
  frame(tap: string, facts: FrameFacts, payload: () => Uint8Array): void
  handle(fact: Fact): void
  /** Takes no more frames, sends what there is; resolves when the server has all of it, or never will. */
  stop(): Promise<void>
  /** What the server has not got of it, for another session to go on with. */
  carryOver(): CarriedOver
  /** Whether the server has what was carried into it; false once it never will. */
  hasCarried: Promise<boolean>
  /** Instead of `stop`, after a refusal: what is on the disk goes if another session says that all of it is safe. */
  giveUp(isSafe: Promise<boolean>): Promise<void>
}

const batchBytes = 512 * 1024
/** About 20 minutes of a call of two. */
const mostWaitingBytes = 256 * 1024 * 1024
const sliceBytes = 1024 * 1024

export function createRecording(
  start: Start,
  { askKeyFrame, onView }: RecordingParts,
  carried: CarriedOver = nothingCarried,
): Recording {
  const { session, visitId } = start
  const time = createServerTime(start.ahead)
  const now = (): number => time.from(localNow())
  let missing: RecorderView['missing'] = []
  let holds = false
  let spoolFailed = false
  let lastBatch = 0
  let slices = 0
  let told = ''
  const headed = new Set<string>()
  let building: Promise<unknown> = Promise.resolve()
  let onEnd: (() => void) | undefined

  let giveFile: (file: SpoolFile | null) => void = () => undefined
  const file = new Promise<SpoolFile | null>((resolve) => {
    giveFile = resolve
  })
  const closed = Promise.withResolvers<'keep' | 'remove'>()
  const hasCarried = Promise.withResolvers<boolean>()
  const described = new Map<number, TrackRecord>()
  const fileClosed = withSpoolFile(visitId, session, (opened) => {
    giveFile(opened)
    return closed.promise
  }).catch(() => giveFile(null))
  const spool = createSpool(file, session, () => {
    spoolFailed = true
  })

  const uploader = openJournal(start.address, session, {
    onReady({ spoolKey }) {
      spool.unlock(spoolKey)
      askTime()
    },
    onTime({ sentAt, now: serverNow }) {
      time.heard(sentAt, serverNow, localNow())
      askTime()
    },
    onAcked(have) {
      spool.acked(have)
      if (have >= carriedBatches) hasCarried.resolve(true)
    },
    onChange({ end }) {
      if (!end) return
      hasCarried.resolve(false)
      tell()
      onEnd?.()
    },
  })
  const askTime = (): void => {
    if (!time.settled()) uploader.request({ type: 'time', sentAt: localNow() })
  }

  const builder = createBatchBuilder(sessionBytes(session), (bytes) => crypto.subtle.digest('SHA-256', bytes))
  const write = (record: JournalRecord): void => {
    if (record.kind === 'track') described.set(record.track, record)
    builder.add(record)
  }
  const writer = createJournalWriter({
    write,
    isFull: () => uploader.state().waitingBytes > mostWaitingBytes,
    askKeyFrame,
    lastTrack: carried.lastTrack,
  })

  const closeBatch = (): void => {
    lastBatch++
    building = builder.close(now()).then((batch) => {
      uploader.add(batch)
      spool.keep(batch)
    })
  }
  for (const record of carried.records) {
    write(record)
    if (builder.size() >= batchBytes) closeBatch()
  }
  if (builder.size() > 0) closeBatch()
  const carriedBatches = lastBatch
  if (carriedBatches === 0) hasCarried.resolve(true)

  const frame: Recording['frame'] = (tap, facts, payload) => {
    const capturedAt = facts.capturedAt === null ? null : time.from(facts.capturedAt)
    writer.frame(tap, { ...facts, at: time.from(facts.at), capturedAt }, payload)
    if (builder.size() >= batchBytes) closeBatch()
  }
  const tell = (): void => {
    const { connected, savedTo, waitingSeconds, end } = uploader.state()
    const shown = [
      connected,
      Math.floor((savedTo ?? 0) / 1000),
      Math.floor(waitingSeconds),
      end,
      missing,
      spoolFailed,
    ]
    if (told === shown.join()) return
    told = shown.join()
    onView({ connected, savedTo, waitingSeconds, end, missing, spoolFailed })
  }
  const timer = setInterval(() => {
    missing = writer.look(now())
    const { connected, waitingSeconds } = uploader.state()
    const allIsWell = connected && waitingSeconds < 1 && missing.length === 0
    writer.hold(holds && !allIsWell)
    closeBatch()
    tell()
  }, batchMilliseconds)

  /** A slice may be larger than a batch: its parts follow one another. */
  const slice = (tap: string, first: boolean, bytes: ArrayBuffer): void => {
    // Without its head, which an earlier session has, nobody can read the file
    if (first) headed.add(tap)
    if (!headed.has(tap)) return
    for (let from = 0; from < bytes.byteLength; from += sliceBytes) {
      const part = new Uint8Array(bytes, from, Math.min(sliceBytes, bytes.byteLength - from))
      const facts = {
        ssrc: 0,
        mimeType: 'video/webm',
        key: first && from === 0,
        capturedAt: null,
        rtpTime: 0,
      }
      frame(tap, { ...facts, at: localNow(), number: slices++ }, () => part)
    }
  }

  return {
    frame,
    handle(fact) {
      switch (fact.type) {
        case 'plan':
          writer.plan(fact.tap, fact.label, fact.plan, now())
          return
        case 'gone':
          writer.gone(fact.tap, now())
          return
        case 'muted':
          writer.muted(fact.participant, fact.kind, fact.muted, now())
          return
        case 'pause':
          writer.pause(fact.paused, now())
          return
        case 'hold':
          holds = fact.hold
          return
        case 'slice':
          slice(fact.tap, fact.first, fact.bytes)
          return
        case 'flush':
          closeBatch()
          void building.then(() => spool.flush())
      }
    },
    hasCarried: hasCarried.promise,
    carryOver() {
      const unsaved = uploader.unsaved().map(({ bytes }) => recordsOf(bytes))
      const { isWhole, ...carried } = carryOver(described, [
        ...unsaved.flatMap((records) => records ?? []),
        ...builder.unbuilt(),
      ])
      return { ...carried, isWhole: isWhole && unsaved.every((records) => records !== undefined) }
    },
    async giveUp(isSafe) {
      clearInterval(timer)
      await building
      spool.flush()
      await spool.settled()
      closed.resolve((await isSafe) ? 'remove' : 'keep')
      await fileClosed
    },
    async stop() {
      clearInterval(timer)
      writer.stop(now())
      closeBatch()
      await building
      spool.flush()
      const ended = new Promise<void>((resolve) => {
        onEnd = resolve
      })
      uploader.end(lastBatch)
      if (uploader.state().end === null) await ended
      const { end } = uploader.state()
      tell()
      // What a refused session leaves is still on its way to the disk
      await spool.settled()
      closed.resolve(end === 'done' || end === 'erased' ? 'remove' : 'keep')
    },
  }
}

/** Undefined when the bytes were damaged on this computer: that may be why they were refused. */
function recordsOf(bytes: Uint8Array): readonly JournalRecord[] | undefined {
  try {
    return decodeBatch(bytes).records
  } catch {
    return undefined
  }
}

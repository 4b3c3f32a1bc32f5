import { createHash } from 'node:crypto'
import {
  batchMilliseconds,
  encodeBatch,
  type EventRecord,
  type FrameRecord,
  hashBytes,
  type JournalEvent,
  type JournalRecord,
  type TrackRecord,
  sessionBytes,
} from '../../src/contract/journal'
import type { ObjectStore } from '../../src/platform/object-store'
import { sealPiece } from '../../src/recording/journal-piece'
import type { JournalSession } from '../../src/recording/read-journal'
import type { RecordingKey } from '../../src/recording/recording-key'
import { partName } from '../../src/recording/store-names'
import type { SamplePacket } from './sample-media'

export interface MadeBatch {
  number: number
  bytes: Uint8Array
  hash: Buffer
}

/** Batches of one session, chained, each of 250 ms of records. */
export function* makeBatches(
  sessionId: string,
  records: Iterable<JournalRecord>,
): Generator<MadeBatch, void> {
  let before: Buffer = Buffer.alloc(hashBytes)
  let number = 0
  let waiting: JournalRecord[] = []
  const close = (): MadeBatch => {
    number++
    const bytes = encodeBatch({
      sessionId: sessionBytes(sessionId),
      number,
      before,
      builtAt: waiting.at(-1)?.at ?? 0,
      records: waiting,
    })
    const hash = createHash('sha256').update(bytes).digest()
    before = hash
    waiting = []
    return { number, bytes: Buffer.concat([bytes, hash]), hash }
  }
  for (const record of records) {
    if (waiting[0] && record.at - waiting[0].at >= batchMilliseconds) yield close()
    waiting.push(record)
  }
  if (waiting.length > 0) yield close()
}

/** Puts batches into parts of the store, each of the given number of batches, as the intake does. */
export async function storeJournal(
  store: ObjectStore,
  key: RecordingKey,
  place: { visitId: string; sessionId: string },
  batches: Iterable<MadeBatch>,
  batchesPerPart = Infinity,
): Promise<JournalSession> {
  const parts: { number: number; first: number; batch: number; hash: Buffer; length: number }[] = []
  let log: Awaited<ReturnType<ObjectStore['createLog']>> | undefined
  let count = 0
  let pending: Uint8Array[] = []
  const flush = async () => {
    const part = parts.at(-1)
    if (!log || !part) return
    await log.append(pending)
    part.length = log.length
    pending = []
  }
  for (const { number, bytes, hash } of batches) {
    if (!log || count % batchesPerPart === 0) {
      await flush()
      await log?.close()
      parts.push({ number: parts.length + 1, first: number, batch: 0, hash: Buffer.alloc(0), length: 0 })
      log = await store.createLog(partName(place.visitId, place.sessionId, parts.length))
    }
    pending.push(...sealPiece(key, place.sessionId, number, bytes))
    Object.assign(parts.at(-1) ?? {}, { batch: number, hash })
    count++
    if (pending.length >= 300) await flush()
  }
  await flush()
  await log?.close()
  return { ...place, parts }
}

export interface TrackOptions {
  track: number
  participant: TrackRecord['description']['participant']
  kind: TrackRecord['description']['kind']
  /** When the media's moment 0 comes to the recorder, on the server's clock. */
  startsAt: number
  firstRtp?: number
  /** Between capture and arrival; capture is told only when this is given. */
  delayMs?: number
  firstNumber?: number
}

/** Records of a track as the recorder writes them, in the order of time. */
export function trackRecords(packets: readonly SamplePacket[], options: TrackOptions): JournalRecord[] {
  const { track, participant, kind, startsAt, firstRtp = 1000, delayMs, firstNumber = 1 } = options
  const clockRate = kind === 'audio' ? 48_000 : 90_000
  const description = { participant, kind, codec: kind === 'audio' ? 'opus' : 'vp8', clockRate } as const
  const frames = packets.map(({ ms, key, data }, index): FrameRecord => ({
    kind: 'frame',
    track,
    at: startsAt + ms + (delayMs ?? 0),
    capturedAt: delayMs === undefined ? null : startsAt + ms,
    key,
    rtpTime: (firstRtp + Math.round((ms * clockRate) / 1000)) >>> 0,
    number: firstNumber + index,
    payload: data,
  }))
  return [{ kind: 'track', track, at: frames[0]?.at ?? startsAt, description }, ...frames]
}

export const eventRecord = (at: number, event: JournalEvent, track = 0): EventRecord => ({
  kind: 'event',
  at,
  track,
  event,
})

/** In the order in which they came; a track is told before its frames. */
export const inOrder = (...records: readonly JournalRecord[][]): JournalRecord[] =>
  records
    .flat()
    .map((record, index) => ({ record, index }))
    .sort((a, b) => a.record.at - b.record.at || a.index - b.index)
    .map(({ record }) => record)

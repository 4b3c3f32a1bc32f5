import type { Participant } from './signalling'

/**
 * The frame journal as it crosses the wire and lies in the store: docs/recording.md. A batch holds the records of
 * about 250 ms. Numbers are big-endian; times are milliseconds since 1970 on the server's clock (float64).
 *
 * batch  = "EWJ1" | session id 16 | number u32 | hash of the batch before 32 | built at f64 | records u32 | record… |
 *          SHA-256 of all before 32
 * record = kind u8 | flags u8 | track u16 | payload length u32 | arrived at f64 | captured at f64 (NaN: unknown) |
 *          rtp time u32 | frame number u32 | payload
 */
export const journalMagic = 0x45574a31
export const batchHeaderBytes = 4 + 16 + 4 + 32 + 8 + 4
export const recordHeaderBytes = 1 + 1 + 2 + 4 + 8 + 8 + 4 + 4
export const hashBytes = 32
/** Nothing larger is taken; a page closes a batch long before. */
export const largestBatchBytes = 2 * 1024 * 1024
/** How far ahead of the next expected one a batch may come. */
export const batchWindow = 256
export const batchMilliseconds = 250

export type TrackKind = 'audio' | 'video' | 'screen'

/** What a track is; its number is used by the records after it. A new SSRC, codec or connection is a new track. */
export interface TrackRecord {
  kind: 'track'
  track: number
  at: number
  description: {
    participant: Participant
    kind: TrackKind
    /** Frames in RTP time, or pieces of a WebM file made by a recorder of the browser's. */
    codec: 'vp8' | 'opus' | 'webm'
    /** Ticks of RTP time a second; 0 for WebM. */
    clockRate: number
  }
}

/** An encoded frame exactly as it was sent or received. */
export interface FrameRecord {
  kind: 'frame'
  track: number
  /** When it came to the recorder. */
  at: number
  /** When it was captured, where the browser says so. */
  capturedAt: number | null
  key: boolean
  rtpTime: number
  /** RTP sequence number (sound) or frame id (picture); null when the browser does not tell. */
  number: number | null
  payload: Uint8Array
}

/** Something that the index of the recording tells. */
export interface EventRecord {
  kind: 'event'
  at: number
  /** 0 when it is about no single track. */
  track: number
  event: JournalEvent
}
export type JournalEvent =
  /** Whether frames of the track are to be expected: its person is connected and sends. */
  | { type: 'expected'; expected: boolean }
  | { type: 'muted'; participant: Participant; kind: TrackKind; muted: boolean }
  | { type: 'paused'; paused: boolean }
  /** The page gave frames up because nothing could be sent for too long. */
  | { type: 'dropped'; frames: number; seconds: number }
  | { type: 'ended' }

export type JournalRecord = TrackRecord | FrameRecord | EventRecord

export interface Batch {
  sessionId: Uint8Array
  /** From 1. */
  number: number
  before: Uint8Array
  builtAt: number
  records: readonly JournalRecord[]
}

/** Bytes that are no batch; `message` says where they go wrong. */
export class BatchError extends Error {
  override name = 'BatchError'
}

/** A session's id as it stands in its batches: 16 bytes. */
export const sessionBytes = (uuid: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(uuid.replaceAll('-', '').match(/../g) ?? [], (hex) => parseInt(hex, 16))

const kinds = { track: 1, frame: 2, event: 3 } as const
const unknownNumber = 0xffffffff
const keyFlag = 1

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

/** A batch without its closing hash, which whoever builds it adds: SHA-256 over exactly these bytes. */
export function encodeBatch({ sessionId, number, before, builtAt, records }: Batch): Uint8Array<ArrayBuffer> {
  const payloads = records.map(payloadOf)
  const size = payloads.reduce((sum, { length }) => sum + recordHeaderBytes + length, batchHeaderBytes)
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, journalMagic)
  bytes.set(sessionId, 4)
  view.setUint32(20, number)
  bytes.set(before, 24)
  view.setFloat64(56, builtAt)
  view.setUint32(64, records.length)
  let at = batchHeaderBytes
  records.forEach((record, index) => {
    const payload = payloads[index] ?? new Uint8Array()
    const isFrame = record.kind === 'frame'
    view.setUint8(at, kinds[record.kind])
    view.setUint8(at + 1, isFrame && record.key ? keyFlag : 0)
    view.setUint16(at + 2, record.track)
    view.setUint32(at + 4, payload.length)
    view.setFloat64(at + 8, record.at)
    view.setFloat64(at + 16, isFrame ? (record.capturedAt ?? NaN) : NaN)
    view.setUint32(at + 24, isFrame ? record.rtpTime : 0)
    view.setUint32(at + 28, isFrame ? (record.number ?? unknownNumber) : unknownNumber)
    bytes.set(payload, at + recordHeaderBytes)
    at += recordHeaderBytes + payload.length
  })
  return bytes
}

const payloadOf = (record: JournalRecord): Uint8Array => {
  if (record.kind === 'frame') return record.payload
  return encoder.encode(JSON.stringify(record.kind === 'track' ? record.description : record.event))
}

/**
 * Reads a batch with its closing hash, which the caller compares; payloads are views into `bytes`.
 * @throws BatchError
 */
export function decodeBatch(bytes: Uint8Array): Batch & { hash: Uint8Array } {
  if (bytes.length > largestBatchBytes) throw new BatchError('larger than a batch may be')
  if (bytes.length < batchHeaderBytes + hashBytes) throw new BatchError('shorter than a batch is')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (view.getUint32(0) !== journalMagic) throw new BatchError('not a batch of this version')
  const number = view.getUint32(20)
  if (number === 0) throw new BatchError('batches are numbered from 1')
  const builtAt = view.getFloat64(56)
  if (!Number.isFinite(builtAt)) throw new BatchError('no time')
  const count = view.getUint32(64)
  const end = bytes.length - hashBytes
  const records: JournalRecord[] = []
  let at = batchHeaderBytes
  for (let index = 0; index < count; index++) {
    if (at + recordHeaderBytes > end) throw new BatchError(`record ${index} is cut off`)
    const length = view.getUint32(at + 4)
    if (at + recordHeaderBytes + length > end)
      throw new BatchError(`record ${index} is longer than the batch`)
    records.push(
      decodeRecord(view, at, bytes.subarray(at + recordHeaderBytes, at + recordHeaderBytes + length)),
    )
    at += recordHeaderBytes + length
  }
  if (at !== end) throw new BatchError('bytes after the last record')
  return {
    sessionId: bytes.subarray(4, 20),
    number,
    before: bytes.subarray(24, 56),
    builtAt,
    records,
    hash: bytes.subarray(end),
  }
}

function decodeRecord(view: DataView, at: number, payload: Uint8Array): JournalRecord {
  const track = view.getUint16(at + 2)
  const time = view.getFloat64(at + 8)
  if (!Number.isFinite(time)) throw new BatchError('a record without a time')
  switch (view.getUint8(at)) {
    case kinds.track:
      return { kind: 'track', track, at: time, description: readDescription(payload) }
    case kinds.event:
      return { kind: 'event', track, at: time, event: readEvent(payload) }
    case kinds.frame: {
      const capturedAt = view.getFloat64(at + 16)
      const number = view.getUint32(at + 28)
      return {
        kind: 'frame',
        track,
        at: time,
        capturedAt: Number.isFinite(capturedAt) ? capturedAt : null,
        key: (view.getUint8(at + 1) & keyFlag) !== 0,
        rtpTime: view.getUint32(at + 24),
        number: number === unknownNumber ? null : number,
        payload,
      }
    }
    default:
      throw new BatchError('a record of an unknown kind')
  }
}

const people: readonly unknown[] = ['client', 'guardian', 'interpreter', 'officer'] satisfies Participant[]
const trackKinds: readonly unknown[] = ['audio', 'video', 'screen'] satisfies TrackKind[]
const codecs: readonly unknown[] = ['vp8', 'opus', 'webm']

function readJson(payload: Uint8Array): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(decoder.decode(payload))
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // told below
  }
  throw new BatchError('a description that cannot be read')
}

function readDescription(payload: Uint8Array): TrackRecord['description'] {
  const { participant, kind, codec, clockRate } = readJson(payload)
  const known = people.includes(participant) && trackKinds.includes(kind) && codecs.includes(codec)
  if (!known || !Number.isInteger(clockRate) || (clockRate as number) < 0)
    throw new BatchError('a track of an unknown kind')
  return { participant, kind, codec, clockRate } as TrackRecord['description']
}

/** Only what is known, and of it only the fields that are. */
function readEvent(payload: Uint8Array): JournalEvent {
  const { type, expected, participant, kind, muted, paused, frames, seconds } = readJson(payload)
  if (type === 'expected' && typeof expected === 'boolean') return { type, expected }
  if (type === 'paused' && typeof paused === 'boolean') return { type, paused }
  if (type === 'ended') return { type }
  if (
    type === 'muted' &&
    people.includes(participant) &&
    trackKinds.includes(kind) &&
    typeof muted === 'boolean'
  )
    return { type, participant: participant as Participant, kind: kind as TrackKind, muted }
  if (type === 'dropped' && Number.isInteger(frames) && Number.isFinite(seconds))
    return { type, frames: frames as number, seconds: seconds as number }
  throw new BatchError('an event of an unknown kind')
}

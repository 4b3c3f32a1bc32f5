import { CustomSource, type EncodedPacket, EncodedPacketSink, Input, WEBM } from 'mediabunny'
import type { FrameRecord } from '../contract/journal'
import type { SealedScratch } from './sealed-scratch'
import type { Span } from './track-scan'
import type { PictureSize } from './vp8'

/** A track whose pieces are a WebM file that the browser's own recorder made: all pieces, one after another. */
export interface WebmTrack {
  add(piece: FrameRecord): Promise<void>
  /** Where its sound and picture lie on the server's clock. Undefined: nothing in it can be read. */
  open(): Promise<OpenWebm | undefined>
}

export interface OpenWebm {
  sound: { span: Span; packets(): AsyncIterable<WebmPacket> } | undefined
  picture: { span: Span; size: PictureSize; packets(): AsyncIterable<WebmPacket> } | undefined
}

export interface WebmPacket {
  at: number
  key: boolean
  data: Uint8Array
}

export function createWebmTrack(scratch: SealedScratch): WebmTrack {
  let startedAt: number | null = null
  let lastAt = 0
  return {
    async add({ payload, at, capturedAt }) {
      if (scratch.length === 0) startedAt = capturedAt
      lastAt = at
      await scratch.write(scratch.length, payload)
    },
    async open() {
      try {
        return await openWebm(scratch, startedAt, lastAt)
      } catch {
        // A recorder that died at once has left no header
        return undefined
      }
    },
  }
}

async function openWebm(
  scratch: SealedScratch,
  startedAt: number | null,
  lastAt: number,
): Promise<OpenWebm | undefined> {
  const source = new CustomSource({
    getSize: () => scratch.length,
    read: async (start, end) => new Uint8Array(await scratch.read(start, end)),
  })
  const input = new Input({ formats: [WEBM], source })
  const video = await input.getPrimaryVideoTrack()
  const audio = await input.getPrimaryAudioTrack()
  const isVp8 = video !== null && (await video.getCodec()) === 'vp8'
  const isOpus = audio !== null && (await audio.getCodec()) === 'opus'
  const pictures = isVp8 ? new EncodedPacketSink(video) : undefined
  const sounds = isOpus ? new EncodedPacketSink(audio) : undefined
  const lengths = await Promise.all([pictures, sounds].map((sink) => (sink ? rangeOf(sink) : undefined)))
  const end = Math.max(0, ...lengths.map((range) => range?.last ?? 0))
  // The recorder hands a piece over when it is full: the last frame in it has just come
  const zero = startedAt ?? lastAt - end * 1000
  const [pictureRange, soundRange] = lengths
  const spanOf = ({ first, last }: { first: number; last: number }): Span => ({
    from: zero + first * 1000,
    to: zero + last * 1000,
    startsWithKey: true,
  })
  if (!pictureRange && !soundRange) return undefined
  return {
    sound: sounds && soundRange && { span: spanOf(soundRange), packets: () => placed(sounds, zero) },
    picture:
      pictures && pictureRange && video
        ? {
            span: spanOf(pictureRange),
            size: { width: await video.getCodedWidth(), height: await video.getCodedHeight() },
            packets: () => placed(pictures, zero),
          }
        : undefined,
  }
}

async function rangeOf(sink: EncodedPacketSink): Promise<{ first: number; last: number } | undefined> {
  let range: { first: number; last: number } | undefined
  for await (const { timestamp } of whole(sink, { metadataOnly: true })) {
    range ??= { first: timestamp, last: timestamp }
    range.last = Math.max(range.last, timestamp)
  }
  return range
}

async function* placed(sink: EncodedPacketSink, zero: number): AsyncGenerator<WebmPacket> {
  for await (const { timestamp, type, data } of whole(sink, {}))
    yield { at: zero + timestamp * 1000, key: type === 'key', data }
}

/** Packets up to where the file was cut off. */
async function* whole(
  sink: EncodedPacketSink,
  options: { metadataOnly?: boolean },
): AsyncGenerator<EncodedPacket> {
  try {
    yield* sink.packets(undefined, undefined, options)
  } catch {
    // The last cluster of a recorder that died is cut off
  }
}

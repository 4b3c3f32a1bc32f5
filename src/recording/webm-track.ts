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
  sound: { span: Span; packets(): AsyncIterable<WebmPacket, undefined> } | undefined
  picture: { span: Span; size: PictureSize; packets(): AsyncIterable<WebmPacket, undefined> } | undefined
}

export interface WebmPacket {
  at: number
  key: boolean
  data: Uint8Array
}

export function createWebmTrack(scratch: SealedScratch): WebmTrack {
  let lastAt = 0
  return {
    async add({ payload, at }) {
      lastAt = at
      await scratch.write(scratch.length, payload)
    },
    async open() {
      try {
        return await openWebm(scratch, lastAt)
      } catch {
        // A recorder that died at once has left no header
        return undefined
      }
    },
  }
}

async function openWebm(scratch: SealedScratch, lastAt: number): Promise<OpenWebm | undefined> {
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
  const pictureRange = pictures && (await rangeOf(pictures))
  const soundRange = sounds && (await rangeOf(sounds))
  const end = Math.max(pictureRange?.last ?? 0, soundRange?.last ?? 0)
  // The recorder hands a piece over when it is full: the last frame in it has just come
  const zero = lastAt - end * 1000
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

async function* placed(sink: EncodedPacketSink, zero: number): AsyncGenerator<WebmPacket, undefined> {
  for await (const { timestamp, type, data } of whole(sink, {}))
    yield { at: zero + timestamp * 1000, key: type === 'key', data }
  return undefined
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

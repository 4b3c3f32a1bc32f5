import {
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  Output,
  StreamTarget,
  type StreamTargetChunk,
  WebMOutputFormat,
} from 'mediabunny'
import { createAudioLane, type SoundPacket } from './audio-lane'
import type { Claim } from './claims'
import type { SealedScratch } from './sealed-scratch'
import { blackStretches, createVideoLane, type Picture, type PlacedFrame, type Stretch } from './video-lane'
import type { PictureSize } from './vp8'

export interface MediaFilePlan {
  /** On the server's clock. */
  from: number
  to: number
  sound: boolean
  /** Undefined: no picture. */
  picture: { claims: readonly Claim[]; size: PictureSize } | undefined
}

/** One seekable WebM being written. Everything comes in the order of time, within a few seconds. */
export interface MediaFile {
  sound(at: number, data: Uint8Array): Promise<void>
  picture(frame: PlacedFrame, claim: Claim): Promise<void>
  /** Nothing from before will come any more: silence and black are put where nothing is. */
  until(at: number): Promise<void>
  finish(): Promise<{ length: number; digest: Buffer; missing: readonly Stretch[] }>
}

const writeBytes = 1024 * 1024
const pictureSeconds = 1 / 30
const soundConfig = { codec: 'opus', numberOfChannels: 2, sampleRate: 48_000 }

export async function openMediaFile(scratch: SealedScratch, plan: MediaFilePlan): Promise<MediaFile> {
  const { from, to, picture } = plan
  const output = new Output({ format: new WebMOutputFormat(), target: targetOf(scratch) })
  const soundSource = plan.sound ? new EncodedAudioPacketSource('opus') : undefined
  const pictureSource = picture ? new EncodedVideoPacketSource('vp8') : undefined
  if (pictureSource) output.addVideoTrack(pictureSource)
  if (soundSource) output.addAudioTrack(soundSource)
  await output.start()

  const soundLane = createAudioLane(from)
  const pictureLane = createVideoLane(
    picture ? blackStretches(picture.claims, plan) : [],
    picture?.size ?? { width: 16, height: 16 },
  )
  const seconds = (at: number) => Math.max(0, at - from) / 1000

  let soundTold = false
  const writeSound = async (packets: Iterable<SoundPacket>) => {
    for (const { at, durationMs, data } of packets) {
      const packet = new EncodedPacket(data, 'key', seconds(at), durationMs / 1000)
      await soundSource?.add(packet, soundTold ? undefined : { decoderConfig: soundConfig })
      soundTold = true
    }
  }
  let pictureTold = false
  const writePictures = async (pictures: Iterable<Picture>) => {
    for (const { at, key, data, width, height } of pictures) {
      const packet = new EncodedPacket(data, key ? 'key' : 'delta', seconds(at), pictureSeconds)
      const decoderConfig = { codec: 'vp8', codedWidth: width, codedHeight: height }
      await pictureSource?.add(packet, pictureTold ? undefined : { decoderConfig })
      pictureTold = true
    }
  }
  const until = async (at: number) => {
    await writeSound(soundLane.fill(Math.min(at, to)))
    await writePictures(pictureLane.fill(Math.min(at, to)))
  }

  return {
    sound: (at, data) => writeSound(soundLane.push(at, data)),
    picture: (frame, claim) => writePictures(pictureLane.push(frame, claim)),
    until,
    async finish() {
      await until(to)
      await output.finalize()
      return { ...(await scratch.finish()), missing: pictureLane.missing() }
    },
  }
}

const targetOf = (scratch: SealedScratch) =>
  new StreamTarget(
    new WritableStream<StreamTargetChunk>({
      write: ({ data, position }) => scratch.write(position, data),
    }),
    { chunked: true, chunkSize: writeBytes },
  )

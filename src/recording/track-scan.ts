import type { FrameRecord, TrackKind, TrackRecord } from '../contract/journal'
import { createReorder, type Ordered } from './reorder'
import { type ClockStep, clockSteps, createClockWatch, createPlacing } from './track-clock'
import { type PictureSize, sizeOfKeyFrame } from './vp8'

/** A stretch of a track without a break, in milliseconds on the server's clock. */
export interface Span {
  from: number
  to: number
  /** Its first picture needs none before it. */
  startsWithKey: boolean
}

export interface ScannedTrack {
  description: TrackRecord['description']
  steps: readonly ClockStep[]
  spans: readonly Span[]
  /** Of its first key frame. */
  size: PictureSize | undefined
}

export interface TrackScan {
  add(frame: FrameRecord): void
  /** The journal has been read up to this time of arrival. */
  until(at: number): void
  finish(): ScannedTrack
}

/** What is no longer a pause between two frames but a break. A screen at rest sends next to nothing. */
export const breakMs: Record<TrackKind, number> = { audio: 500, video: 1000, screen: 5000 }

/** First reading of a track: where its frames lie on the clock, and which breaks there are. Keeps no frame. */
export function createTrackScan(description: TrackRecord['description']): TrackScan {
  const { kind, clockRate } = description
  const reorder = createReorder<FrameRecord>(clockRate)
  const watch = createClockWatch(clockRate)
  const spans: { fromRtp: number; toRtp: number; startsWithKey: boolean }[] = []
  let size: PictureSize | undefined
  let lastAt = -Infinity

  const take = ({ frame, rtp }: Ordered<FrameRecord>) => {
    watch.add({ rtp, at: frame.at, capturedAt: frame.capturedAt })
    if (kind !== 'audio' && frame.key) size ??= sizeOfKeyFrame(frame.payload)
    const span = spans.at(-1)
    const rtpMs = span ? ((rtp - span.toRtp) / clockRate) * 1000 : 0
    if (!span || frame.at - lastAt > breakMs[kind] || rtpMs > breakMs[kind])
      spans.push({ fromRtp: rtp, toRtp: rtp, startsWithKey: kind === 'audio' || frame.key })
    else span.toRtp = rtp
    lastAt = frame.at
  }

  return {
    add: (frame) => reorder.push(frame).forEach(take),
    until: (at) => reorder.until(at).forEach(take),
    finish() {
      reorder.rest().forEach(take)
      const steps = clockSteps(watch.windows(), kind)
      const place = createPlacing(steps, clockRate)
      return {
        description,
        steps,
        size,
        spans: spans.map(({ fromRtp, toRtp, startsWithKey }) => ({
          from: place(fromRtp),
          to: place(toRtp),
          startsWithKey,
        })),
      }
    },
  }
}

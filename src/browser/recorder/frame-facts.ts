import type { FrameFacts } from './journal-writer'
import { localNow } from './local-now'

/** An encoded frame of the call, as far as browsers agree on it. */
export interface EncodedFrame {
  readonly data: ArrayBuffer
  /** Of pictures: 'key' or 'delta'. */
  readonly type?: string
  readonly timestamp?: number
  getMetadata(): {
    synchronizationSource?: number
    mimeType?: string
    rtpTimestamp?: number
    sequenceNumber?: number
    frameId?: number
    /** Milliseconds since the page's time origin, on this computer's clock. */
    captureTime?: number
    senderCaptureTimeOffset?: number
  }
}

/** What the journal tells of a frame; times still on this computer's clock. */
export function frameFacts(frame: EncodedFrame): FrameFacts {
  const metadata = frame.getMetadata()
  const isPicture = frame.type !== undefined
  const { captureTime, senderCaptureTimeOffset = 0 } = metadata
  return {
    ssrc: metadata.synchronizationSource ?? 0,
    mimeType: metadata.mimeType ?? (isPicture ? 'video/VP8' : 'audio/opus'),
    key: !isPicture || frame.type === 'key',
    at: localNow(),
    capturedAt:
      captureTime === undefined ? null : performance.timeOrigin + captureTime + senderCaptureTimeOffset,
    rtpTime: (metadata.rtpTimestamp ?? frame.timestamp ?? 0) >>> 0,
    number: (isPicture ? metadata.frameId : metadata.sequenceNumber) ?? null,
  }
}

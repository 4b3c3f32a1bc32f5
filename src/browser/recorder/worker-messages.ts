import type { TrackKind } from '../../contract/journal'
import type { Participant } from '../../contract/signalling'
import type { TrackName } from '../../contract/visit-matters'
import type { UploadEnd } from './upload-batches'

/** Whose frames pass through a transform, and what they show. */
export interface TapLabel {
  participant: Participant
  kind: TrackKind
  side: 'local' | 'remote'
  /** Slices of a WebM file instead of frames. */
  webm?: true
}

/** What is to be done with the frames of a transform. */
export interface TapPlan {
  /** Its frames belong into the recording. */
  take: boolean
  /** Its person is connected and sends: frames that do not come are missed. */
  expected: boolean
}

export type ToWorker =
  | {
      type: 'record'
      /** Of the journal's socket, with the session. */
      address: string
      visitId: string
      session: string
      /** Server's time less this computer's, in milliseconds. */
      ahead: number
    }
  | { type: 'plan'; tap: string; label: TapLabel; plan: TapPlan }
  | { type: 'gone'; tap: string }
  | { type: 'muted'; participant: Participant; kind: TrackKind; muted: boolean }
  | { type: 'pause'; paused: boolean }
  /** Both sides were told that nothing is recorded: so it is, until all is well again. */
  | { type: 'hold'; hold: boolean }
  /** A slice of a WebM file, where the browser gives no frames. */
  | { type: 'slice'; tap: string; first: boolean; bytes: ArrayBuffer }
  /** The page may be gone in a moment. */
  | { type: 'flush' }
  | { type: 'stop' }
  /** Sends what earlier pages left on this computer; `address` holds `{id}`. */
  | { type: 'leftOvers'; address: string; notVisit: string | null }

/** How the recording stands, as this computer knows it. */
export interface RecorderView {
  connected: boolean
  /** Server's time up to which everything is durable, in milliseconds; null: nothing yet. */
  savedTo: number | null
  waitingSeconds: number
  /** Tracks whose frames are missed. */
  missing: readonly TrackName[]
  /** What waits lies in memory alone: the disk takes nothing. */
  spoolFailed: boolean
  end: UploadEnd | null
  /** So often the server refused a session for good, and a new one was begun. */
  restarts: number
}

export interface LeftOvers {
  /** Recordings that are being sent. */
  waiting: number
  /** Recordings that only somebody else may send. */
  foreign: number
}

export type FromWorker =
  | { type: 'view'; view: RecorderView }
  /** A local picture needs a key frame. */
  | { type: 'keyFrame'; tap: string }
  | { type: 'leftOvers'; leftOvers: LeftOvers }
  | { type: 'stopped' }

/** What a transform is given along. */
export interface TransformOptions {
  tap: string
}

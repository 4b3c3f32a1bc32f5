import type { JournalRecord, TrackKind } from '../../contract/journal'
import type { Participant } from '../../contract/signalling'
import type { TrackName } from '../../contract/visit-matters'
import type { TapLabel, TapPlan } from './worker-messages'

/** What is known of a frame beside its bytes; times in milliseconds on the server's clock. */
export interface FrameFacts {
  ssrc: number
  mimeType: string
  key: boolean
  at: number
  capturedAt: number | null
  rtpTime: number
  number: number | null
}

interface WriterParts {
  write: (record: JournalRecord) => void
  /** No room for frames: nothing could be sent for too long. */
  isFull: () => boolean
  askKeyFrame: (tap: string) => void
  /** The highest number of a track that is taken already. */
  lastTrack?: number
}

export interface JournalWriter {
  plan(tap: string, label: TapLabel, plan: TapPlan, at: number): void
  gone(tap: string, at: number): void
  /** `payload` is asked for only when the frame is taken. */
  frame(tap: string, facts: FrameFacts, payload: () => Uint8Array): void
  muted(participant: Participant, kind: TrackKind, muted: boolean, at: number): void
  pause(paused: boolean, at: number): void
  /** Watches the frames without taking them. */
  hold(held: boolean): void
  /** To be called a few times a second: asks for key frames and says which tracks are missed. */
  look(at: number): readonly TrackName[]
  /** No frame is taken after it. */
  stop(at: number): void
}

interface Tap {
  label: TapLabel
  plan: TapPlan
  /** Null while it has no track. */
  track: number | null
  ssrc: number | null
  needsKey: boolean
  waitsSince: number
  lastFrameAt: number
  /** RTP time and number of the frame before. */
  lastRtpTime: number
  lastNumber: number | null
  keyAskedAt: number
}

const keyEveryMilliseconds = 5000
const keyAgainMilliseconds = 500
const missedAfterMilliseconds = 2000
/** Slices come once a second, and the first one later. */
const sliceMissedAfterMilliseconds = 4000
const codecs: Record<string, { codec: 'vp8' | 'opus' | 'webm'; clockRate: number }> = {
  'video/vp8': { codec: 'vp8', clockRate: 90_000 },
  'audio/opus': { codec: 'opus', clockRate: 48_000 },
  'video/webm': { codec: 'webm', clockRate: 0 },
}
const usual = ({ kind, webm }: TapLabel): string =>
  webm ? 'video/webm' : kind === 'audio' ? 'audio/opus' : 'video/vp8'
const isPicture = ({ kind, webm }: TapLabel): boolean => kind !== 'audio' && webm !== true

/** Turns what happens to the call's media into the journal's records. */
export function createJournalWriter({
  write,
  isFull,
  askKeyFrame,
  lastTrack = 0,
}: WriterParts): JournalWriter {
  const taps = new Map<string, Tap>()
  let tracks = lastTrack
  let isPaused = false
  let isHeld = false
  let stopped = false
  let dropped = { frames: 0, since: 0 }

  const begin = (tap: Tap, mimeType: string, at: number): void => {
    const { participant, kind } = tap.label
    const known = codecs[mimeType.toLowerCase()]
    if (!known) return
    tap.track = ++tracks
    tap.needsKey = isPicture(tap.label)
    tap.waitsSince = at
    write({ kind: 'track', track: tap.track, at, description: { participant, kind, ...known } })
    if (tap.plan.expected) expect(tap, true, at)
  }
  const expect = (tap: Tap, expected: boolean, at: number): void => {
    tap.waitsSince = at
    if (tap.track === null) return
    write({ kind: 'event', track: tap.track, at, event: { type: 'expected', expected } })
  }
  const finish = (tap: Tap, at: number): void => {
    if (tap.track !== null) write({ kind: 'event', track: tap.track, at, event: { type: 'ended' } })
    tap.track = null
    tap.ssrc = null
  }
  const forgetDropped = (at: number): void => {
    const { frames, since } = dropped
    dropped = { frames: 0, since: 0 }
    write({ kind: 'event', track: 0, at, event: { type: 'dropped', frames, seconds: (at - since) / 1000 } })
    for (const tap of taps.values()) tap.needsKey = isPicture(tap.label)
  }

  return {
    plan(id, label, plan, at) {
      if (stopped) return
      const tap = taps.get(id) ?? {
        label,
        plan: { take: false, expected: false },
        track: null,
        ssrc: null,
        needsKey: true,
        waitsSince: at,
        lastFrameAt: 0,
        lastRtpTime: -1,
        lastNumber: null,
        keyAskedAt: 0,
      }
      taps.set(id, tap)
      const isOther = tap.label.kind !== label.kind || tap.label.participant !== label.participant
      const expectedBefore = tap.plan.expected
      if (isOther || (tap.plan.take && !plan.take)) finish(tap, at)
      tap.label = label
      tap.plan = plan
      if (!plan.take) return
      // What is expected gets its track before the first frame: else nobody could say that it is missed
      if (tap.track === null && plan.expected) begin(tap, usual(label), at)
      else if (plan.expected !== expectedBefore) expect(tap, plan.expected, at)
    },
    gone(id, at) {
      const tap = taps.get(id)
      if (tap && !stopped) finish(tap, at)
      taps.delete(id)
    },
    frame(id, facts, payload) {
      const tap = taps.get(id)
      const known = codecs[facts.mimeType.toLowerCase()]
      if (!tap?.plan.take || stopped || isPaused || !known) return
      const { at } = facts
      if (isFull()) {
        dropped = { frames: dropped.frames + 1, since: dropped.frames === 0 ? at : dropped.since }
        return
      }
      if (dropped.frames > 0) forgetDropped(at)
      if (tap.ssrc !== null && tap.ssrc !== facts.ssrc) finish(tap, at)
      if (tap.track === null) begin(tap, facts.mimeType, at)
      if (tap.track === null) return
      tap.ssrc = facts.ssrc
      if (tap.needsKey && !facts.key) return
      tap.needsKey = false
      tap.lastFrameAt = at
      if (isHeld) return
      const { key, capturedAt, rtpTime, number } = facts
      // Chromium hands on some repaired frames twice
      const isSame = rtpTime === tap.lastRtpTime && number === tap.lastNumber
      if (isPicture(tap.label) && isSame) return
      tap.lastRtpTime = rtpTime
      tap.lastNumber = number
      write({ kind: 'frame', track: tap.track, at, capturedAt, key, rtpTime, number, payload: payload() })
    },
    muted(participant, kind, muted, at) {
      if (!stopped) write({ kind: 'event', track: 0, at, event: { type: 'muted', participant, kind, muted } })
    },
    pause(paused, at) {
      if (paused === isPaused || stopped) return
      isPaused = paused
      write({ kind: 'event', track: 0, at, event: { type: 'paused', paused } })
      for (const tap of taps.values()) {
        tap.needsKey = isPicture(tap.label)
        tap.waitsSince = at
        tap.keyAskedAt = 0
      }
    },
    hold(held) {
      if (held === isHeld) return
      isHeld = held
      for (const tap of taps.values()) tap.needsKey = isPicture(tap.label)
    },
    look(at) {
      if (isPaused || stopped) return []
      const missing = new Set<TrackName>()
      for (const [id, tap] of taps) {
        if (!tap.plan.take) continue
        const wait = tap.needsKey ? keyAgainMilliseconds : keyEveryMilliseconds
        if (isPicture(tap.label) && at - tap.keyAskedAt >= wait) {
          tap.keyAskedAt = at
          askKeyFrame(id)
        }
        // A screen on which nothing moves may send nothing
        if (!tap.plan.expected || tap.label.kind === 'screen') continue
        const patience = tap.label.webm ? sliceMissedAfterMilliseconds : missedAfterMilliseconds
        if (at - Math.max(tap.waitsSince, tap.lastFrameAt) > patience) missing.add(nameOf(tap.label))
      }
      return [...missing]
    },
    stop(at) {
      if (stopped) return
      if (dropped.frames > 0) forgetDropped(at)
      for (const tap of taps.values()) finish(tap, at)
      stopped = true
    },
  }
}

function nameOf({ participant, kind }: TapLabel): TrackName {
  const whose = participant === 'officer' ? 'local' : participant === 'client' ? 'remote' : 'guest'
  return kind === 'audio' ? `${whose}Audio` : `${whose}Video`
}

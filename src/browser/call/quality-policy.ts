/** How well a way to somebody carries what this page sends. */
export type Quality = 'good' | 'weak' | 'audio_only'

/** What is measured of one way, each second. */
export interface WayReading {
  /** Bits per second that the browser believes the way can carry; null where it does not say. */
  available: number | null
  /** Bits per second that this page sends. */
  sending: number
  /** Lost packets as the other side reports them, 0 to 100; null before the first report. */
  lossPercent: number | null
  roundTripMilliseconds: number | null
}

export interface QualityState {
  quality: Quality
  /** Seconds in a row that spoke for a change. */
  towards: { quality: Quality; seconds: number }
  /** Seconds since the last change. */
  seconds: number
  /** Tries to bring the picture back that came to nothing, in a row. */
  failedTries: number
}

export const startQuality: QualityState = {
  quality: 'good',
  towards: { quality: 'good', seconds: 0 },
  seconds: 0,
  failedTries: 0,
}

/** Below it the picture would take the sound's place; above the second one there is room for both again. */
const soundOnlyBelow = 300_000
const pictureAgainFrom = 450_000
const weakBelow = 600_000
/** Share of the estimate that is used. */
const fullFrom = 0.6
const weak = { lossPercent: 5, roundTripMilliseconds: 600 }
const hopeless = { lossPercent: 25 }

/** Bad news counts quickly, good news has to last: a picture that comes and goes is worse than none. */
const patience: Record<Quality, number> = { audio_only: 4, weak: 3, good: 8 }

/**
 * A browser that sends nothing but sound learns nothing of what the way could carry: its estimate stays low for
 * ever. So the picture is tried again, at longer and longer intervals, and is given time to prove itself.
 */
const firstTryAfter = 10
const longestTryAfter = 40
const timeToProve = 10
const provenAfter = 40

function rawQuality(reading: WayReading, { quality, failedTries, seconds }: QualityState): Quality {
  const { available, lossPercent, roundTripMilliseconds } = reading
  if (isHopeless(reading)) return 'audio_only'
  const isTried = quality !== 'audio_only' && failedTries > 0 && seconds < timeToProve
  const least = quality === 'audio_only' ? pictureAgainFrom : soundOnlyBelow
  if (available !== null && available < least && !isTried && isFull(reading, available, quality))
    return 'audio_only'
  const isWeak =
    (available !== null && available < weakBelow) ||
    (lossPercent !== null && lossPercent > weak.lossPercent) ||
    (roundTripMilliseconds !== null && roundTripMilliseconds > weak.roundTripMilliseconds)
  return isWeak ? 'weak' : 'good'
}

/** An estimate of a way that is not filled says nothing of its width: a quiet picture needs little. */
const isFull = ({ sending }: WayReading, available: number, quality: Quality): boolean =>
  quality === 'audio_only' || sending > available * fullFrom

const tryAfter = ({ failedTries }: QualityState): number =>
  Math.min(longestTryAfter, firstTryAfter * 2 ** failedTries)

/** What follows from one more second. */
export function nextQuality(state: QualityState, reading: WayReading): QualityState {
  const seconds = state.seconds + 1
  const failedTries = state.quality !== 'audio_only' && seconds >= provenAfter ? 0 : state.failedTries
  const now = { ...state, seconds, failedTries }
  const raw = rawQuality(reading, now)
  const change = (quality: Quality, tries: number): QualityState => ({
    quality,
    towards: { quality, seconds: 0 },
    // Between weak and good the proof goes on
    seconds: quality === 'audio_only' || state.quality === 'audio_only' ? 0 : seconds,
    failedTries: tries,
  })
  if (now.quality === 'audio_only' && seconds >= tryAfter(now) && !isHopeless(reading))
    return change('weak', failedTries + 1)
  if (raw === now.quality) return { ...now, towards: { quality: raw, seconds: 0 } }
  const towards = { quality: raw, seconds: now.towards.quality === raw ? now.towards.seconds + 1 : 1 }
  // Out of sound only the way up is always the slow one
  const needed = now.quality === 'audio_only' ? patience.good : patience[raw]
  return towards.seconds < needed ? { ...now, towards } : change(raw, failedTries)
}

const isHopeless = ({ lossPercent }: WayReading): boolean =>
  lossPercent !== null && lossPercent > hopeless.lossPercent

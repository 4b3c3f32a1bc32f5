/** How well a way to somebody carries what this page sends. */
export type Quality = 'good' | 'weak' | 'audio_only'

/** What is measured of one way, each second. */
export interface WayReading {
  /** Bits per second that the browser believes the way can carry; null where it does not say. */
  available: number | null
  /** Lost packets as the other side reports them, 0 to 100; null before the first report. */
  lossPercent: number | null
  roundTripMilliseconds: number | null
}

export interface QualityState {
  quality: Quality
  /** Seconds in a row that spoke for a change. */
  towards: { quality: Quality; seconds: number }
}

export const startQuality: QualityState = { quality: 'good', towards: { quality: 'good', seconds: 0 } }

/** Below it the picture would take the sound's place; above the second one there is room for both again. */
const soundOnlyBelow = 300_000
const pictureAgainFrom = 450_000
const weakBelow = 600_000
const weak = { lossPercent: 5, roundTripMilliseconds: 600 }
const hopeless = { lossPercent: 25 }

/** Bad news counts quickly, good news has to last: a picture that comes and goes is worse than none. */
const patience: Record<Quality, number> = { audio_only: 4, weak: 3, good: 8 }

function rawQuality(reading: WayReading, now: Quality): Quality {
  const { available, lossPercent, roundTripMilliseconds } = reading
  const least = now === 'audio_only' ? pictureAgainFrom : soundOnlyBelow
  if (available !== null && available < least) return 'audio_only'
  if (lossPercent !== null && lossPercent > hopeless.lossPercent) return 'audio_only'
  const isWeak =
    (available !== null && available < weakBelow) ||
    (lossPercent !== null && lossPercent > weak.lossPercent) ||
    (roundTripMilliseconds !== null && roundTripMilliseconds > weak.roundTripMilliseconds)
  return isWeak ? 'weak' : 'good'
}

/** What follows from one more second. */
export function nextQuality(state: QualityState, reading: WayReading): QualityState {
  const raw = rawQuality(reading, state.quality)
  if (raw === state.quality) return { quality: raw, towards: { quality: raw, seconds: 0 } }
  const seconds = state.towards.quality === raw ? state.towards.seconds + 1 : 1
  // Out of sound only the way up is always the slow one
  const needed = state.quality === 'audio_only' ? patience.good : patience[raw]
  if (seconds < needed) return { quality: state.quality, towards: { quality: raw, seconds } }
  return { quality: raw, towards: { quality: raw, seconds: 0 } }
}

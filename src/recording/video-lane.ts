import type { Claim } from './claims'
import { blackKeyFrame, type PictureSize, sizeOfKeyFrame } from './vp8'

export interface Stretch {
  from: number
  to: number
}

export interface Picture extends PictureSize {
  at: number
  key: boolean
  data: Uint8Array
}

/** A frame as the journal tells it, placed on the clock. */
export interface PlacedFrame {
  at: number
  key: boolean
  /** Frame id; null when the browser tells none. */
  number: number | null
  data: Uint8Array
}

export interface VideoLane {
  push(frame: PlacedFrame, claim: Claim): Generator<Picture>
  /** The black pictures that are due before `to`. */
  fill(to: number): Generator<Picture>
  /** Where pictures were there but could not be shown: one that they build on is missing. */
  missing(): readonly Stretch[]
}

/** Frame ids of some browsers have 16 bits, and near a key frame one may come twice: then nothing is missing. */
const follows = (before: number, number: number) =>
  number === before || number === before + 1 || number === (before + 1) % 2 ** 16
/** How far back in time a frame may be moved forward instead of being left out. */
const nudgeMs = 100
/** A black stretch has a picture to seek to this often. */
const blackEveryMs = 5000
const afterLastPictureMs = 40

/** Where nothing is to be seen: before the first picture, after the last, and where the next needs none before it. */
export function blackStretches(claims: readonly Claim[], whole: Stretch): Stretch[] {
  const stretches: Stretch[] = []
  let from = whole.from
  for (const claim of claims) {
    if (claim.startsWithKey && claim.from - from > 2 * afterLastPictureMs)
      stretches.push({ from, to: claim.from })
    from = claim.to + afterLastPictureMs
  }
  if (whole.to - from > 2 * afterLastPictureMs) stretches.push({ from, to: whole.to })
  return stretches
}

/** The pictures of one file. */
export function createVideoLane(black: readonly Stretch[], firstSize: PictureSize): VideoLane {
  const missing: Stretch[] = []
  let size = firstSize
  let needsKey = true
  let current: Claim | undefined
  let lastNumber: number | null = null
  let lastAt = -Infinity
  let missingFrom: number | undefined
  let stretch = 0
  let nextBlack = black[0]?.from ?? Infinity

  function* fill(to: number): Generator<Picture> {
    for (let place = black[stretch]; place && nextBlack < to; place = black[stretch]) {
      if (nextBlack < place.to) {
        const at = Math.max(nextBlack, lastAt + 1)
        yield { at, key: true, data: blackKeyFrame(size), ...size }
        lastAt = at
        needsKey = true
        nextBlack = at + blackEveryMs
      }
      if (nextBlack >= place.to) nextBlack = black[++stretch]?.from ?? Infinity
    }
  }

  return {
    *push(frame, claim) {
      yield* fill(frame.at)
      const isNew = current !== claim
      if (isNew && (claim.startsWithKey || current?.track !== claim.track)) needsKey = true
      const before: number | null = isNew ? null : lastNumber
      current = claim
      lastNumber = frame.number
      const late = frame.at <= lastAt - nudgeMs
      const lacksOne = before !== null && frame.number !== null && !follows(before, frame.number)
      if (lacksOne || late) needsKey = true
      if (late || (needsKey && !frame.key)) {
        missingFrom ??= Math.max(lastAt, isNew ? frame.at : -Infinity)
        return
      }
      const at = Math.max(frame.at, lastAt + 1)
      if (missingFrom !== undefined) missing.push({ from: missingFrom, to: at })
      missingFrom = undefined
      needsKey = false
      lastAt = at
      if (frame.key) size = sizeOfKeyFrame(frame.data) ?? size
      yield { at, key: frame.key, data: frame.data, ...size }
    },
    fill,
    missing: () => missing,
  }
}

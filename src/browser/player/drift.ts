/** How far a file may be off the common clock before anything is done, in seconds. */
const toleratedSeconds = 0.012
const jumpSeconds = 0.2
/** Nobody hears or sees a change of speed this small. */
const mostRateChange = 0.08
/** So long it takes to make up for a small difference. */
const correctionSeconds = 0.6

export type Correction = { kind: 'rate'; rate: number } | { kind: 'jump' }

/** What brings a file that plays back to the common clock: a little faster or slower, or a jump when it is far off. */
export function correctionFor(aheadSeconds: number, speed: number): Correction {
  const off = Math.abs(aheadSeconds)
  if (off > jumpSeconds) return { kind: 'jump' }
  if (off <= toleratedSeconds) return { kind: 'rate', rate: speed }
  const change = Math.min(mostRateChange, off / correctionSeconds)
  return { kind: 'rate', rate: speed * (1 - Math.sign(aheadSeconds) * change) }
}

/** Where a file stands at a moment of the recording: before it begins, in it, or after its end. */
export function placeIn(
  { offsetMs, durationMs }: { offsetMs: number; durationMs: number },
  ms: number,
): { inside: boolean; seconds: number } {
  const own = ms - offsetMs
  return { inside: own >= 0 && own < durationMs, seconds: Math.min(Math.max(own, 0), durationMs) / 1000 }
}

import type { TrackKind } from '../contract/journal'

/** From the RTP time `fromRtp` on, a frame belongs at `rtp / ticks * 1000 + offset`, on the server's clock. */
export interface ClockStep {
  fromRtp: number
  offset: number
}

/** What one stretch of about a second of a track tells about its clock. */
export interface ClockWindow {
  fromRtp: number
  /** When its first frame came. */
  fromAt: number
  /** The least difference between arrival and RTP time: the frame that was delayed least. */
  arrival: number
  /** The same by the browser's capture times; NaN where it told none. */
  capture: number
  /** Begins where much more time passed than RTP tells: the source may have stood still. */
  afterJump: boolean
}

export interface ClockFrame {
  rtp: number
  at: number
  capturedAt: number | null
}

const windowMs = 1000
/** Frames do not come this much later than their RTP time says unless the source stood still, or the line did. */
const jumpMs = 150
/** A browser interpolates capture times from one a second: after a standstill they are wrong until the next one. */
const staleMs = 1000
/** Without capture times the least delay of this many windows before and after counts. */
const neighbours = 5
const hysteresisMs: Record<TrackKind, number> = { audio: 30, video: 10, screen: 10 }

/** A capture time is an estimate across two clocks: one that no line explains is not believed. */
const isCredible = (at: number, capturedAt: number | null): capturedAt is number =>
  capturedAt !== null && at - capturedAt > -1000 && at - capturedAt < 10_000

/** Gathers windows from the frames of one track in the order of their RTP time. */
export function createClockWatch(ticksPerSecond: number): {
  add(frame: ClockFrame): void
  windows(): ClockWindow[]
} {
  const windows: ClockWindow[] = []
  let last: { at: number; ms: number } | undefined
  return {
    add({ rtp, at, capturedAt }) {
      const ms = (rtp / ticksPerSecond) * 1000
      const jumped = last !== undefined && at - last.at - (ms - last.ms) > jumpMs
      const current = windows.at(-1)
      const arrival = at - ms
      const capture = isCredible(at, capturedAt) ? capturedAt - ms : NaN
      if (!current || jumped || ms - (current.fromRtp / ticksPerSecond) * 1000 >= windowMs)
        windows.push({ fromRtp: rtp, fromAt: at, arrival, capture, afterJump: jumped })
      else {
        current.arrival = Math.min(current.arrival, arrival)
        if (!Number.isNaN(capture))
          current.capture = Number.isNaN(current.capture) ? capture : Math.min(current.capture, capture)
      }
      last = { at, ms }
    },
    windows: () => windows,
  }
}

/**
 * Where a track lies on the server's clock, as few steps as the evidence needs. One offset for a whole track would
 * be wrong: the RTP time of a source that stands still does too, and clocks of computers drift.
 */
export function clockSteps(windows: readonly ClockWindow[], kind: TrackKind): ClockStep[] {
  const steps: ClockStep[] = []
  for (const [number, part] of partsOf(windows).entries()) {
    const offsetAt = offsetsOf(part, number > 0)
    part.forEach(({ fromRtp }, index) => {
      const offset = offsetAt(index)
      const before = steps.at(-1)
      if (!before || Math.abs(offset - before.offset) > hysteresisMs[kind]) steps.push({ fromRtp, offset })
    })
  }
  return steps
}

/** Splits where the source stood still: from there on even the quickest frames come later. */
function partsOf(windows: readonly ClockWindow[]): ClockWindow[][] {
  const parts: ClockWindow[][] = []
  windows.forEach((window, index) => {
    const current = parts.at(-1)
    const stoodStill =
      window.afterJump && current !== undefined && least(windows, index, index + 2) - least(current, -2) > jumpMs
    if (!current || stoodStill) parts.push([window])
    else current.push(window)
  })
  return parts
}

const least = (windows: readonly ClockWindow[], from: number, to?: number): number =>
  Math.min(...windows.slice(from, to).map(({ arrival }) => arrival))

function offsetsOf(part: readonly ClockWindow[], afterStandstill: boolean): (index: number) => number {
  const start = part[0]?.fromAt ?? 0
  const told = part.filter(({ capture }) => !Number.isNaN(capture))
  const fresh = afterStandstill ? told.filter(({ fromAt }) => fromAt - start >= staleMs) : told
  if (fresh.length === 0)
    return (index) => least(part, Math.max(0, index - neighbours), index + neighbours + 1)
  let at = 0
  return (index) => {
    const rtp = part[index]?.fromRtp ?? 0
    while (at < fresh.length - 1 && (fresh[at]?.fromRtp ?? rtp) < rtp) at++
    return fresh[at]?.capture ?? NaN
  }
}

/** The time of frames on the server's clock. Asked in the order of RTP time. */
export function createPlacing(steps: readonly ClockStep[], ticksPerSecond: number): (rtp: number) => number {
  let at = 0
  return (rtp) => {
    while ((steps[at + 1]?.fromRtp ?? Infinity) <= rtp) at++
    return (rtp / ticksPerSecond) * 1000 + (steps[at]?.offset ?? 0)
  }
}

/** 20 ms of Opus silence. */
const silence = Uint8Array.of(0xf8, 0xff, 0xfe)
const silenceMs = 20
/** A step of the clock below this is heard by nobody; above it a hole is filled, or what overlaps is left out. */
const toleranceMs = 15

export interface SoundPacket {
  at: number
  durationMs: number
  data: Uint8Array
}

export interface AudioLane {
  /** What is written for a packet that belongs at `at`: silence up to it, and itself unless it comes too late. */
  push(at: number, data: Uint8Array): Generator<SoundPacket>
  /** Silence for what is missing before `to`. A player would play all later sound early otherwise. */
  fill(to: number): Generator<SoundPacket>
}

/** The sound of one file without a hole, from `from` on. */
export function createAudioLane(from: number): AudioLane {
  let next = from
  function* fill(to: number): Generator<SoundPacket> {
    while (to - next > toleranceMs) {
      yield { at: next, durationMs: silenceMs, data: silence }
      next += silenceMs
    }
  }
  return {
    *push(at, data) {
      yield* fill(at)
      if (at < next - toleranceMs) return
      const durationMs = opusMs(data)
      const start = Math.max(at, next - toleranceMs)
      yield { at: start, durationMs, data }
      next = start + durationMs
    },
    fill,
  }
}

/** RFC 6716, 3.1: how much sound a packet holds. */
export function opusMs(data: Uint8Array): number {
  const [head = 0, count = 1] = data
  const config = head >> 3
  const frameMs =
    config < 12
      ? [10, 20, 40, 60][config & 3]
      : config < 16
        ? [10, 20][config & 1]
        : [2.5, 5, 10, 20][config & 3]
  const code = head & 3
  const frames = code === 0 ? 1 : code === 3 ? count & 63 : 2
  return (frameMs ?? silenceMs) * Math.max(1, frames)
}

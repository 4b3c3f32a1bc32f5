/** The recording's common clock: stands, or goes on at a speed. */
export interface MasterClock {
  /** Milliseconds of the recording. */
  position(): number
  jump(ms: number): void
  run(going: boolean): void
  setSpeed(speed: number): void
  readonly speed: number
}

export function createMasterClock(durationMs: number, now: () => number): MasterClock {
  let base = 0
  let since: number | undefined
  let speed = 1
  const within = (ms: number) => Math.min(Math.max(ms, 0), durationMs)
  const position = () => within(since === undefined ? base : base + (now() - since) * speed)
  const rebase = () => {
    base = position()
    if (since !== undefined) since = now()
  }
  return {
    position,
    jump(ms) {
      base = within(ms)
      if (since !== undefined) since = now()
    },
    run(going) {
      if (going === (since !== undefined)) return
      rebase()
      since = going ? now() : undefined
    },
    setSpeed(wanted) {
      rebase()
      speed = wanted
    },
    get speed() {
      return speed
    },
  }
}

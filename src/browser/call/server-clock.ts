/** The server's time: devices are minutes off, and what is shown must agree with what the officer sees. */
export interface ServerClock {
  now(): Date
  /** Takes over the time that a notice carries (ISO). */
  set(serverNow: string): void
}

export function createServerClock(serverNow: string): ServerClock {
  let ahead = 0
  const set = (instant: string): void => {
    ahead = new Date(instant).getTime() - Date.now()
  }
  set(serverNow)
  return { now: () => new Date(Date.now() + ahead), set }
}

import { callEndsAt, type CallTimes } from '../../contract/call-end'

const minuteMilliseconds = 60_000

/** What the clock shows: milliseconds and begun minutes that are left, and the share of the visit (1 to 0). */
export interface TimeLeft {
  milliseconds: number
  minutes: number
  share: number
}

export function timeLeft(times: CallTimes, now: Date): TimeLeft {
  const length = Date.parse(times.endsAt) - Date.parse(times.startsAt)
  const milliseconds = Math.max(0, callEndsAt(times).getTime() - now.getTime())
  return {
    milliseconds,
    minutes: Math.ceil(milliseconds / minuteMilliseconds),
    share: Math.min(1, milliseconds / length),
  }
}

/** 'm:ss' for the officer's running clock. */
export function minutesAndSeconds(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000)
  const rest = seconds % 60
  return `${Math.floor(seconds / 60)}:${rest < 10 ? '0' : ''}${rest}`
}

/** Path of the ring's arc (36 x 36, radius 14) that starts at the top and shows the share that is left. */
export function ringArc(share: number): string {
  // A full circle in one arc would vanish: start and end would be the same point
  const angle = 2 * Math.PI * Math.min(share, 0.9999)
  const x = 18 + 14 * Math.sin(angle)
  const y = 18 - 14 * Math.cos(angle)
  return `M18 4A14 14 0 ${share > 0.5 ? 1 : 0} 1 ${x.toFixed(2)} ${y.toFixed(2)}`
}

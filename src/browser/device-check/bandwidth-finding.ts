import type { DeviceRequirements, Finding } from '../../contract/device-check'

/** Megabits per second; null could not be measured. */
export interface BandwidthReading {
  down: number | null
  up: number | null
  /** A data channel through the relay measures well; an upload to the server shows a floor only. */
  upIsFloor: boolean
}

/** A call of sound alone needs no more; below it there is none. */
const leastMegabits = 0.3
/** In trials uploads to the server showed between a third and all of what the line can do. */
const floorMisses = 3.2

const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 10) / 10)

/** Judges only what the measurement can carry: a floor below the need says nothing about the line. */
export function bandwidthFinding(
  reading: BandwidthReading,
  needed: DeviceRequirements,
): Finding<'bandwidth'> {
  const { down, up, upIsFloor } = reading
  const found = (code: Finding<'bandwidth'>['code']): Finding<'bandwidth'> => ({
    code,
    down: rounded(down),
    up: rounded(up),
  })
  if (down === null || up === null) return found('unknown')
  const upAtMost = upIsFloor ? up * floorMisses : up
  const worstSure = Math.min(down, upAtMost)
  if (worstSure < leastMegabits) return found('tooLow')
  if (worstSure < needed.megabits) return found('low')
  return found(up < needed.megabits ? 'atLeast' : 'ok')
}

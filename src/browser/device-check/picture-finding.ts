import type { DeviceRequirements, Finding } from '../../contract/device-check'

/** What a second of the camera's picture looked like; brightness 0 to 255. */
export interface PictureReading {
  width: number
  height: number
  /** Mean of the brightest sample. */
  brightest: number
  /** Whether any two samples differed. A picture made of light always does: no two moments are the same. */
  moved: boolean
}

const blackBelow = 6

/** The size that was really decoded, in either orientation: a phone held upright gives 720 x 1280. */
export function cameraFinding(reading: PictureReading | null, needed: DeviceRequirements): Finding<'camera'> {
  if (!reading || reading.width === 0) return { code: 'unknown', width: null, height: null }
  const { width, height } = reading
  const found = (code: Finding<'camera'>['code']): Finding<'camera'> => ({ code, width, height })
  if (reading.brightest < blackBelow) return found('black')
  if (!reading.moved) return found('frozen')
  const longer = Math.max(width, height)
  const shorter = Math.min(width, height)
  const enough =
    longer >= Math.max(needed.width, needed.height) && shorter >= Math.min(needed.width, needed.height)
  return found(enough ? 'ok' : 'resolutionLow')
}

import { brightnessOf, type LightReading, readLight } from '../call/light'
import type { PictureReading } from './picture-finding'

const lookEveryMilliseconds = 150
const looks = 10

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

/** Looks at the camera's picture for a second and a half; null when it gives none. */
export function measurePicture(
  video: HTMLVideoElement,
): Promise<(PictureReading & { light: LightReading }) | null> {
  return new Promise((resolve) => {
    let before: number[] | null = null
    let brightest = 0
    let moved = false
    let seen = 0
    let tries = 0
    const timer = window.setInterval(() => {
      tries++
      const now = brightnessOf(video)
      if (now) {
        seen++
        brightest = Math.max(brightest, mean(now))
        const last = before
        moved = moved || (last !== null && now.some((value, point) => value !== last[point]))
        before = now
      }
      if (seen < looks && tries < looks * 3) return
      window.clearInterval(timer)
      const { videoWidth: width, videoHeight: height } = video
      resolve(before === null ? null : { width, height, brightest, moved, light: readLight(before) })
    }, lookEveryMilliseconds)
  })
}

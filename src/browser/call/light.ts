/** How the face is lit, judged by where it usually is: the middle of the picture. */
export type LightReading = 'good' | 'dark' | 'bright' | 'backlight'

/** Points across and down that a picture is judged by. */
export const lightGrid = { width: 64, height: 36 } as const

/** Brightness 0 to 255. From two trials with synthetic scenes: lit 145 before 96, backlit 34 before 233. */
const limits = { dark: 55, bright: 225, behind: 70, faceInShadow: 120 }

const isMiddle = (index: number): boolean => {
  const x = index % lightGrid.width
  const y = Math.floor(index / lightGrid.width)
  const across = x >= lightGrid.width * 0.35 && x < lightGrid.width * 0.65
  return across && y >= lightGrid.height * 0.15 && y < lightGrid.height * 0.8
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

/** @param points brightness of each point of the grid, row by row */
export function readLight(points: readonly number[]): LightReading {
  const face = mean(points.filter((_, index) => isMiddle(index)))
  const around = mean(points.filter((_, index) => !isMiddle(index)))
  if (around - face > limits.behind && face < limits.faceInShadow) return 'backlight'
  if (face < limits.dark) return 'dark'
  return face > limits.bright ? 'bright' : 'good'
}

/** Brightness of each point of what the video shows now; null before its first picture. */
export function brightnessOf(video: HTMLVideoElement): number[] | null {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null
  const { width, height } = lightGrid
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (!context) return null
  context.drawImage(video, 0, 0, width, height)
  const { data } = context.getImageData(0, 0, width, height)
  return Array.from({ length: width * height }, (_, point) => {
    const at = point * 4
    return 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0)
  })
}

import { existsSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** Who is on the fake camera: the two differ in colour and pitch, so that a test sees whose picture arrived. */
export type FakePerson = 'client' | 'officer'
/** `light` for tests; `full`: what the institution asks of cameras, for what a call costs. */
export type FakePicture = 'light' | 'full'

const pictures: Record<FakePicture, { scale: 1 | 2; framesPerSecond: number }> = {
  light: { scale: 1, framesPerSecond: 10 },
  full: { scale: 2, framesPerSecond: 15 },
}
/** Of a light picture. */
const width = 640
const height = 360
/** A power of two that fits the bar code; the file loops after it. */
const frameCount = 64
const bars = 8
const barHeight = 60
const marginBars = 1
/** Cells of the bar code from left to right, and the share of the height that it takes. */
export const barCells = bars + 2 * marginBars
export const barShare = barHeight / height
/** Frame numbers begin again after this many. */
export const numbersInAll = frameCount
const sampleRate = 48_000
const look: Record<FakePerson, { u: number; v: number; hertz: number }> = {
  client: { u: 100, v: 160, hertz: 440 },
  officer: { u: 160, v: 100, hertz: 880 },
}

export interface FakeMedia {
  /** Raw video for --use-file-for-fake-video-capture. */
  video: string
  /** Sound for --use-file-for-fake-audio-capture: a beep of 0.25 s every half second. */
  audio: string
}

/** Files of a fake camera and microphone, made once per machine. */
export async function fakeMedia(person: FakePerson, kind: FakePicture = 'light'): Promise<FakeMedia> {
  const folder = join(tmpdir(), 'e-wizyta-fake-media-1')
  await mkdir(folder, { recursive: true })
  const video = join(folder, kind === 'light' ? `${person}.y4m` : `${person}-${kind}.y4m`)
  const audio = join(folder, `${person}.wav`)
  if (!existsSync(video)) await writeWhole(video, pictureFile(person, kind))
  if (!existsSync(audio)) await writeWhole(audio, soundFile(person))
  return { video, audio }
}

/** Two runs may make the same file at once: it appears under its name only when it is complete. */
async function writeWhole(path: string, content: Buffer): Promise<void> {
  const part = `${path}.${process.pid}.part`
  await writeFile(part, content)
  await rename(part, path)
}

function pictureFile(person: FakePerson, kind: FakePicture): Buffer {
  const { scale, framesPerSecond } = pictures[kind]
  const header = Buffer.from(
    `YUV4MPEG2 W${width * scale} H${height * scale} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`,
  )
  const frames = Array.from({ length: frameCount }, (_, number) => [
    Buffer.from('FRAME\n'),
    picture(person, number, scale),
  ])
  return Buffer.concat([header, ...frames.flat()])
}

/** Grey picture with the frame number as a bar code on top: white bar = 1, the first bar always 1, the last always 0. */
function picture(person: FakePerson, number: number, scale: number): Buffer {
  const columns = width * scale
  const rows = height * scale
  const luma = Buffer.alloc(columns * rows, 120)
  const cells = barCode(number)
  for (let y = 0; y < barHeight * scale; y++)
    for (let x = 0; x < columns; x++)
      luma[y * columns + x] = cells[Math.floor((x * cells.length) / columns)] === 1 ? 235 : 16
  // Something that moves, so that the encoder has work as with a real camera
  const side = 80 * scale
  const left = (number * 9 * scale) % (columns - side)
  for (let y = 200 * scale; y < 280 * scale; y++)
    luma.fill(220, y * columns + left, y * columns + left + side)
  const { u, v } = look[person]
  const chromaSize = (columns / 2) * (rows / 2)
  const blueness = Buffer.alloc(chromaSize, u)
  const redness = Buffer.alloc(chromaSize, v)
  const plainRows = ((barHeight * scale) / 2) * (columns / 2)
  blueness.fill(128, 0, plainRows)
  redness.fill(128, 0, plainRows)
  return Buffer.concat([luma, blueness, redness])
}

const barCode = (number: number): number[] => [
  ...Array.from({ length: marginBars }, () => 1),
  ...Array.from({ length: bars }, (_, bit) => (number >> bit) & 1),
  ...Array.from({ length: marginBars }, () => 0),
]

function soundFile(person: FakePerson): Buffer {
  const seconds = 4
  const samples = Buffer.alloc(seconds * sampleRate * 2)
  for (let i = 0; i < seconds * sampleRate; i++) {
    const inBeep = i % (sampleRate / 2) < sampleRate / 4
    const value = inBeep ? 0.4 * Math.sin((2 * Math.PI * look[person].hertz * i) / sampleRate) : 0
    samples.writeInt16LE(Math.round(value * 32_767), i * 2)
  }
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + samples.length, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(sampleRate, 24)
  header.writeUInt32LE(sampleRate * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(samples.length, 40)
  return Buffer.concat([header, samples])
}

/** Picture that a `<video>` shows: whose camera it comes from and which frame of it; null while there is none. */
export interface SeenFrame {
  person: FakePerson
  number: number
}

/** Reads the bar code off a playing `<video>`; null when it shows no picture of a fake camera (yet). */
export async function readFrame(page: Page, selector: string): Promise<SeenFrame | null> {
  const seen = await page.evaluate(
    ({ selector: wanted, cells, barShare: share }) => {
      const video = document.querySelector<HTMLVideoElement>(wanted)
      if (!video || video.videoWidth === 0 || video.readyState < 2) return null
      const canvas = document.createElement('canvas')
      canvas.width = video.videoWidth
      canvas.height = video.videoHeight
      const context = canvas.getContext('2d', { willReadFrequently: true })
      if (!context) return null
      context.drawImage(video, 0, 0)
      const at = (x: number, y: number) =>
        context.getImageData(Math.round(x * (canvas.width - 1)), Math.round(y * (canvas.height - 1)), 1, 1)
          .data
      const lights = Array.from({ length: cells }, (_, cell) => {
        const [red = 0, green = 0, blue = 0] = at((cell + 0.5) / cells, share / 2)
        return (red + green + blue) / 3
      })
      const [red = 0, , blue = 0] = at(0.5, 0.45)
      return { lights, redness: red - blue }
    },
    { selector, cells: barCells, barShare },
  )
  const number = seen && numberOf(seen.lights)
  return seen && number !== null ? { person: seen.redness > 0 ? 'client' : 'officer', number } : null
}

/** The number that the cells of a bar code tell by their brightness; null when they are none. */
export function numberOf(lights: readonly number[]): number | null {
  const [first = 0] = lights
  const last = lights[lights.length - 1] ?? 255
  if (first < 150 || last > 100) return null
  return lights
    .slice(marginBars, marginBars + bars)
    .reduce((sum, light, bit) => sum + (light > 128 ? 2 ** bit : 0), 0)
}

/** Loudness (RMS, 0 to 1) of what a `<video>` or `<audio>` plays, over two beeps of the fake microphone. */
export async function soundLevel(page: Page, selector: string): Promise<number> {
  return page.evaluate(async (wanted) => {
    const element = document.querySelector<HTMLMediaElement>(wanted)
    const stream = element?.srcObject
    if (!(stream instanceof MediaStream) || stream.getAudioTracks().length === 0) return 0
    const context = new AudioContext()
    const analyser = context.createAnalyser()
    context.createMediaStreamSource(stream).connect(analyser)
    await context.resume()
    const samples = new Float32Array(analyser.fftSize)
    let loudest = 0
    const endsAt = performance.now() + 1100
    while (performance.now() < endsAt) {
      await new Promise((resolve) => setTimeout(resolve, 40))
      analyser.getFloatTimeDomainData(samples)
      const energy = samples.reduce((sum, value) => sum + value * value, 0) / samples.length
      loudest = Math.max(loudest, Math.sqrt(energy))
    }
    await context.close()
    return loudest
  }, selector)
}

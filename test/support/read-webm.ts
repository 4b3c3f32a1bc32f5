import { spawnSync } from 'node:child_process'
import { debianProgram } from './debian-program'

const run = (program: string, args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(program, args, { maxBuffer: 512 * 1024 * 1024 })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr.toString()}`)
  return { stdout, stderr: stderr.toString() }
}

export interface ReadWebm {
  seconds: number
  streams: string[]
  /** What ffmpeg complains of while it decodes everything. */
  complaints: string
  /** Mean brightness of each picture, 0 to 255, and when it is shown. */
  brightness: { seconds: number; value: number }[]
  /** Loudness (RMS) of each 5 ms of sound. */
  loudness: number[]
}

/** Everything that ffmpeg sees and hears in a file; undefined where there is no ffmpeg. */
export function readWebm(path: string): ReadWebm | undefined {
  const ffmpeg = debianProgram('ffmpeg')
  const ffprobe = debianProgram('ffprobe')
  if (ffmpeg === undefined || ffprobe === undefined) return undefined
  const probe = run(ffprobe, [
    '-v',
    'error',
    '-show_entries',
    'format=duration:stream=codec_name',
    '-of',
    'json',
    path,
  ])
  const { format, streams } = JSON.parse(probe.stdout.toString()) as {
    format: { duration?: string }
    streams: { codec_name: string }[]
  }
  const names = streams.map((stream) => stream.codec_name)
  const decoded = run(ffmpeg, ['-v', 'error', '-i', path, '-fps_mode', 'passthrough', '-f', 'null', '-'])
  return {
    seconds: Number(format.duration),
    streams: names,
    complaints: decoded.stderr
      .split('\n')
      .filter((line) => line !== '' && !line.includes('non monotonically'))
      .join('\n'),
    brightness: names.includes('vp8') ? brightnessOf(ffmpeg, path) : [],
    loudness: names.includes('opus') ? loudnessOf(ffmpeg, path) : [],
  }
}

function brightnessOf(ffmpeg: string, path: string): ReadWebm['brightness'] {
  const filter = 'scale=16:16,signalstats,metadata=print:file=-:key=lavfi.signalstats.YAVG'
  const { stdout } = run(ffmpeg, [
    '-v',
    'error',
    '-i',
    path,
    '-an',
    '-vf',
    filter,
    '-fps_mode',
    'passthrough',
    '-f',
    'null',
    '/dev/null',
  ])
  const lines = stdout.toString().split('\n')
  return lines.flatMap((line, index) => {
    const time = /pts_time:(\S+)/.exec(line)?.[1]
    const value = /YAVG=(\S+)/.exec(lines[index + 1] ?? '')?.[1]
    return time !== undefined && value !== undefined ? [{ seconds: Number(time), value: Number(value) }] : []
  })
}

const windowSamples = 240

function loudnessOf(ffmpeg: string, path: string): number[] {
  const { stdout } = run(ffmpeg, [
    '-v',
    'error',
    '-i',
    path,
    '-vn',
    '-ac',
    '1',
    '-ar',
    '48000',
    '-f',
    's16le',
    '-',
  ])
  return Array.from({ length: Math.floor(stdout.length / 2 / windowSamples) }, (_, window) => {
    let sum = 0
    for (let n = 0; n < windowSamples; n++) sum += stdout.readInt16LE((window * windowSamples + n) * 2) ** 2
    return Math.sqrt(sum / windowSamples)
  })
}

/** When each flash begins, in seconds. */
export const flashes = ({ brightness }: ReadWebm): number[] =>
  brightness
    .filter(({ value }, index) => value > 180 && (brightness[index - 1]?.value ?? 0) <= 180)
    .map(({ seconds }) => seconds)

/** When each beep begins, in seconds. */
export const beeps = ({ loudness }: ReadWebm): number[] =>
  loudness.flatMap((value, index) =>
    value > 2000 && loudness.slice(Math.max(0, index - 20), index).every((before) => before <= 2000)
      ? [(index * windowSamples) / 48_000]
      : [],
  )

/** How much later than its beep each flash is seen, in milliseconds. */
export function flashOffsets(webm: ReadWebm): number[] {
  const heard = beeps(webm)
  return flashes(webm).map((flash) => {
    const nearest = heard.reduce(
      (best, beep) => (Math.abs(beep - flash) < Math.abs(best - flash) ? beep : best),
      Infinity,
    )
    return (flash - nearest) * 1000
  })
}

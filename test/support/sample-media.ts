import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EncodedPacketSink, FilePathSource, Input, WEBM } from 'mediabunny'
import { debianProgram } from './debian-program'

export interface SamplePacket {
  /** Milliseconds from the start of the media. */
  ms: number
  key: boolean
  data: Uint8Array
}
export interface SampleMedia {
  path: string
  picture: SamplePacket[]
  sound: SamplePacket[]
}
export interface SampleOptions {
  seconds: number
  width?: number
  height?: number
  framesPerSecond?: number
}

/** A white flash and a beep of 0.1 s begin at every second of this number. */
export const flashEverySeconds = 2

/**
 * Real VP8 and Opus: a moving picture that flashes white, and a beep, at the same moment. Made once per machine.
 * Undefined where there is no ffmpeg.
 */
export async function sampleMedia(options: SampleOptions): Promise<SampleMedia | undefined> {
  const ffmpeg = debianProgram('ffmpeg')
  if (ffmpeg === undefined) return undefined
  const { seconds, width = 320, height = 180, framesPerSecond = 20 } = options
  const folder = join(tmpdir(), 'e-wizyta-sample-media')
  const path = join(folder, `1-${seconds}s-${width}x${height}-${framesPerSecond}.webm`)
  if (!existsSync(path)) {
    await mkdir(folder, { recursive: true })
    const fresh = `${path}.${process.pid}.webm`
    const flash = `lt(mod(t,${flashEverySeconds}),0.1)`
    const made = spawnSync(ffmpeg, [
      ...['-v', 'error', '-y'],
      ...['-f', 'lavfi', '-i', `testsrc=s=${width}x${height}:r=${framesPerSecond}:d=${seconds}`],
      ...['-f', 'lavfi', '-i', `aevalsrc='if(${flash},0.8*sin(6283*t),0)':s=48000:d=${seconds}`],
      ...[
        '-vf',
        `eq=brightness=-0.4,drawbox=x=0:y=0:w=iw:h=ih:color=white:t=fill:enable='${flash}',format=yuv420p`,
      ],
      ...['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '400k', '-lag-in-frames', '0'],
      ...['-auto-alt-ref', '0', '-g', String(framesPerSecond * 5)],
      ...['-c:a', 'libopus', '-frame_duration', '20', '-b:a', '32k', fresh],
    ])
    if (made.status !== 0) throw new Error(`ffmpeg: ${made.stderr.toString()}`)
    await rename(fresh, path)
  }
  const input = new Input({ formats: [WEBM], source: new FilePathSource(path) })
  const video = await input.getPrimaryVideoTrack()
  const audio = await input.getPrimaryAudioTrack()
  if (!video || !audio) throw new Error('The sample has no picture or no sound')
  return {
    path,
    picture: await packets(new EncodedPacketSink(video)),
    sound: await packets(new EncodedPacketSink(audio)),
  }
}

async function packets(sink: EncodedPacketSink): Promise<SamplePacket[]> {
  const all: SamplePacket[] = []
  for await (const { timestamp, type, data } of sink.packets())
    all.push({ ms: timestamp * 1000, key: type === 'key', data: new Uint8Array(data) })
  return all
}

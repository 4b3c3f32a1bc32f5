import { spawnSync } from 'node:child_process'
import { debianProgram } from './debian-program'
import { barCells, barShare, numberOf } from './fake-media'

/** A picture of a fake camera in a file. */
export interface FileFrame {
  seconds: number
  /** Null: it shows no bar code, as a black picture. */
  number: number | null
}

/** Reads the bar code off every picture of a file; undefined where there is no ffmpeg. */
export function readFileFrames(path: string): FileFrame[] | undefined {
  const ffmpeg = debianProgram('ffmpeg')
  if (ffmpeg === undefined) return undefined
  const strip = `crop=iw:ih*${barShare}:0:0,scale=${barCells}:1:flags=area,format=gray,showinfo`
  const { status, stdout, stderr } = spawnSync(
    ffmpeg,
    ['-i', path, '-an', '-vf', strip, '-fps_mode', 'passthrough', '-f', 'rawvideo', '-'],
    { maxBuffer: 64 * 1024 * 1024 },
  )
  if (status !== 0) throw new Error(stderr.toString())
  const times = [...stderr.toString().matchAll(/pts_time:\s*([\d.]+)/g)].map(([, time]) => Number(time))
  return times.map((seconds, index) => ({
    seconds,
    number: numberOf([...stdout.subarray(index * barCells, (index + 1) * barCells)]),
  }))
}

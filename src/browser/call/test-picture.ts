import { newAudioContext } from './audio-context'

/** Moving picture and quiet tone instead of a camera and a microphone, for the demonstration. */
export interface TestPicture {
  audio: MediaStreamTrack | null
  video: MediaStreamTrack | null
  stop(): void
}

const width = 1280
const height = 720
const framesPerSecond = 12
const toneHertz = 220
const toneVolume = 0.01

export function createTestPicture(label: string): TestPicture {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  const draw = (): void => {
    if (context) drawFrame(context, new Date(), label)
  }
  draw()
  // Not requestAnimationFrame: it stops in a hidden tab, and both roles may be tabs of one browser
  const timer = window.setInterval(draw, 1000 / framesPerSecond)
  const video = canvas.captureStream(framesPerSecond).getVideoTracks()[0] ?? null
  const tone = createTone()
  return {
    audio: tone?.track ?? null,
    video,
    stop() {
      window.clearInterval(timer)
      video?.stop()
      tone?.stop()
    },
  }
}

function drawFrame(context: CanvasRenderingContext2D, now: Date, label: string): void {
  const seconds = now.getTime() / 1000
  context.fillStyle = '#0b6b4b'
  context.fillRect(0, 0, width, height)
  context.fillStyle = '#8fd3b4'
  context.beginPath()
  context.arc(width / 2 + Math.cos(seconds) * 360, height / 2 + Math.sin(seconds) * 180, 70, 0, 2 * Math.PI)
  context.fill()
  context.fillStyle = '#ffffff'
  context.textAlign = 'center'
  context.font = '700 150px sans-serif'
  context.fillText(clockText(now), width / 2, height / 2 + 50)
  context.font = '400 44px sans-serif'
  context.fillText(label, width / 2, height / 2 + 150)
}

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`)
const clockText = (now: Date): string =>
  `${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`

function createTone(): { track: MediaStreamTrack; stop(): void } | undefined {
  const context = newAudioContext()
  if (!context) return undefined
  const oscillator = context.createOscillator()
  const volume = context.createGain()
  const output = context.createMediaStreamDestination()
  oscillator.frequency.value = toneHertz
  volume.gain.value = toneVolume
  oscillator.connect(volume)
  volume.connect(output)
  oscillator.start()
  void context.resume()
  const track = output.stream.getAudioTracks()[0]
  if (!track) return undefined
  return {
    track,
    stop() {
      track.stop()
      oscillator.stop()
      void context.close()
    },
  }
}

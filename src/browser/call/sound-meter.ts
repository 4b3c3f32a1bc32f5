import { newAudioContext } from './audio-context'

/** How loud a microphone is, for a bar that moves while one speaks. */
export interface SoundMeter {
  stop(): void
}

const measureEveryMilliseconds = 100
/** Speech close to a microphone is around 0.1-0.2 RMS; the bar should be full there. */
const fullAt = 0.15

/** Calls back with 0 to 1 ten times a second; undefined where the browser cannot measure. */
export function createSoundMeter(
  track: MediaStreamTrack,
  onLevel: (level: number) => void,
): SoundMeter | undefined {
  const context = newAudioContext()
  if (!context) return undefined
  const analyser = context.createAnalyser()
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
  void context.resume()
  const samples = new Uint8Array(analyser.fftSize)
  const timer = window.setInterval(() => {
    analyser.getByteTimeDomainData(samples)
    onLevel(levelOf(samples))
  }, measureEveryMilliseconds)
  return {
    stop() {
      window.clearInterval(timer)
      void context.close()
    },
  }
}

/** 0 (silence) to 1 of samples centred on 128. */
export function levelOf(samples: Uint8Array): number {
  const energy = samples.reduce((sum, sample) => sum + ((sample - 128) / 128) ** 2, 0) / samples.length
  return Math.min(1, Math.sqrt(energy) / fullAt)
}

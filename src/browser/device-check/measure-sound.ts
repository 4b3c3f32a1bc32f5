import { newAudioContext } from '../call/audio-context'
import { loudnessOf } from './sound-finding'

const readEveryMilliseconds = 50

/** Listens to a microphone until stopped; hands each reading of its loudness (dB of full scale) on. */
export interface Listening {
  stop(): void
}

/** Undefined where the browser cannot measure sound this finely (Safari before 14). */
export function listen(
  track: MediaStreamTrack,
  onReading: (loudness: number) => void,
): Listening | undefined {
  const context = newAudioContext()
  if (!context) return undefined
  const analyser = context.createAnalyser()
  // Safari before 14 reads whole bytes only, in which a quiet room and a dead microphone look the same
  if (!('getFloatTimeDomainData' in analyser)) {
    void context.close()
    return undefined
  }
  const samples = new Float32Array(analyser.fftSize)
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
  void context.resume()
  const timer = window.setInterval(() => {
    // A context that was not allowed to run yet gives zeros, which are no reading
    if (context.state !== 'running') return
    analyser.getFloatTimeDomainData(samples)
    onReading(loudnessOf(samples))
  }, readEveryMilliseconds)
  return {
    stop() {
      window.clearInterval(timer)
      void context.close()
    },
  }
}

import type { Page } from 'playwright-core'

/** Puts a camera and a microphone in place of the page's: every two seconds a white picture and a tone, at one moment. */
export async function useFlashAndBeep(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const [everySeconds, lastsSeconds, drawnSeconds] = [2, 0.2, 1 / 30]
    let made: MediaStream | undefined
    const source = (): MediaStream => {
      const sound = new AudioContext({ sampleRate: 48_000 })
      const tone = new OscillatorNode(sound, { frequency: 1000 })
      const gain = new GainNode(sound, { gain: 0 })
      const out = new MediaStreamAudioDestinationNode(sound)
      tone.connect(gain).connect(out)
      tone.start()
      for (let at = everySeconds; at < 600; at += everySeconds) {
        gain.gain.setValueAtTime(0.8, at)
        gain.gain.setValueAtTime(0, at + lastsSeconds)
      }
      const canvas = document.createElement('canvas')
      canvas.width = 640
      canvas.height = 360
      const context = canvas.getContext('2d')
      const draw = () => {
        const now = sound.currentTime
        const since = now % everySeconds
        if (context) {
          context.fillStyle = now >= everySeconds && since < lastsSeconds ? '#fff' : '#222'
          context.fillRect(0, 0, canvas.width, canvas.height)
          // No encoder leaves a picture out that changes
          context.fillStyle = '#666'
          context.fillRect((now * 60) % canvas.width, 300, 40, 40)
        }
        setTimeout(draw, Math.min(drawnSeconds, everySeconds - since) * 1000)
      }
      draw()
      return new MediaStream([...out.stream.getTracks(), ...canvas.captureStream().getTracks()])
    }
    navigator.mediaDevices.getUserMedia = (wishes) => {
      made ??= source()
      const tracks = made
        .getTracks()
        .filter(({ kind }) => (kind === 'audio' ? wishes?.audio : wishes?.video) ?? false)
      return Promise.resolve(new MediaStream(tracks.map((track) => track.clone())))
    }
  })
}

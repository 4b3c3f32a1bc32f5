import { newAudioContext } from '../call/audio-context'
import type { TabMemory } from '../call/page-id'

/** A soft double tone while the officer invites; can be switched off and stays so in this tab. */
export interface InvitationSound {
  readonly isOn: boolean
  setOn(on: boolean): void
  /** To be called on a press: browsers allow sound only after one. */
  prepare(): void
  ring(ringing: boolean): void
}

const memoryKey = 'e-wizyta.invitationSound'
const everyMilliseconds = 4000
const tones = [
  { hertz: 523, at: 0 },
  { hertz: 659, at: 0.22 },
]
const toneSeconds = 0.35
const volume = 0.2

export function createInvitationSound(memory: TabMemory): InvitationSound {
  let context: AudioContext | undefined
  let timer: number | undefined
  let on = memory.get(memoryKey) !== 'off'

  const prepare = (): void => {
    context ??= newAudioContext()
    void context?.resume()
  }

  const play = (): void => {
    prepare()
    if (!context || !on) return
    for (const { hertz, at } of tones) {
      const start = context.currentTime + at
      const oscillator = context.createOscillator()
      const gain = context.createGain()
      oscillator.frequency.value = hertz
      gain.gain.setValueAtTime(0, start)
      gain.gain.linearRampToValueAtTime(volume, start + 0.03)
      gain.gain.linearRampToValueAtTime(0, start + toneSeconds)
      oscillator.connect(gain)
      gain.connect(context.destination)
      oscillator.start(start)
      oscillator.stop(start + toneSeconds)
    }
  }

  return {
    get isOn() {
      return on
    },
    setOn(wish) {
      on = wish
      memory.set(memoryKey, wish ? null : 'off')
    },
    prepare,
    ring(ringing) {
      if (ringing === (timer !== undefined)) return
      window.clearInterval(timer)
      timer = undefined
      if (!ringing) return
      play()
      timer = window.setInterval(play, everyMilliseconds)
    },
  }
}

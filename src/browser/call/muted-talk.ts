import type { LocalMedia } from './local-media'
import { createSoundMeter, type SoundMeter } from './sound-meter'
import { nextTalk, noTalk } from './talk-level'

/**
 * Tells when somebody talks into a microphone that is switched off. What is sent stays silent: a copy of the track
 * is listened to, on this device alone, and only while it is off.
 */
export function createMutedTalk(media: LocalMedia, onChange: (talks: boolean) => void): { stop(): void } {
  let copy: MediaStreamTrack | null = null
  let copied: MediaStreamTrack | null = null
  let meter: SoundMeter | undefined
  let talk = noTalk

  const tell = (next: typeof talk): void => {
    const changed = next.talks !== talk.talks
    talk = next
    if (changed) onChange(talk.talks)
  }
  const rest = (): void => {
    meter?.stop()
    copy?.stop()
    copy = copied = null
    meter = undefined
    tell(noTalk)
  }
  const follow = (): void => {
    const { audio, microphoneOn, testPicture } = media.view()
    const wanted = microphoneOn || testPicture ? null : audio
    if (wanted === copied) return
    rest()
    if (!wanted) return
    copied = wanted
    copy = wanted.clone()
    copy.enabled = true
    meter = createSoundMeter(copy, (level) => tell(nextTalk(talk, { level, now: Date.now() })))
  }
  media.on('change', follow)
  follow()
  return { stop: rest }
}

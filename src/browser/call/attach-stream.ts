import { applySpeaker } from './speaker'

/**
 * Plays a stream; where the browser wants a press before sound, the picture starts without it and `onBlocked` hears
 * of it. Called again with the same stream it changes nothing.
 */
export function attachStream(
  video: HTMLVideoElement,
  stream: MediaStream | null,
  onBlocked?: () => void,
): void {
  if (video.srcObject === stream) return
  video.srcObject = stream
  applySpeaker(video)
  if (stream) void play(video, onBlocked)
}

/** To be called on a press: sound and picture. */
export function playWithSound(video: HTMLVideoElement): void {
  video.muted = false
  void play(video)
}

async function play(video: HTMLVideoElement, onBlocked?: () => void): Promise<void> {
  try {
    await video.play()
  } catch (error) {
    // AbortError: another stream was attached meanwhile
    if ((error as Error).name !== 'NotAllowedError' || video.muted) return
    video.muted = true
    onBlocked?.()
    await play(video)
  }
}

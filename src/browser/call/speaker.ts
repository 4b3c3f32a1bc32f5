/** Where sound comes out, where the browser lets the person choose: not on iPhones, not in old browsers. */
let chosen: string | null = null

const canChoose = (): boolean => 'setSinkId' in HTMLMediaElement.prototype && 'mediaDevices' in navigator

/** Empty where there is no choice, and before permission. */
export async function speakers(): Promise<MediaDeviceInfo[]> {
  if (!canChoose()) return []
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices.filter(({ kind, deviceId }) => kind === 'audiooutput' && deviceId !== '')
}

export const chosenSpeaker = (): string | null => chosen

/** Everything that sounds on this page comes from there from now on. */
export function useSpeaker(deviceId: string): void {
  chosen = deviceId
  const sounding = document.querySelectorAll<HTMLMediaElement>('video, audio')
  for (const media of Array.from(sounding)) applySpeaker(media)
}

export function applySpeaker(media: HTMLMediaElement): void {
  if (chosen === null || !('setSinkId' in media)) return
  // Unplugged meanwhile: the browser's own choice stays
  media.setSinkId(chosen).catch(() => undefined)
}

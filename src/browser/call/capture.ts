import {
  browserProblem,
  type MediaFailure,
  mediaProblem,
  type MediaProblem,
  type Permission,
} from './media-problem'

export type Kind = 'audio' | 'video'

/** A live track or the reason why there is none. */
export type Captured = { track: MediaStreamTrack; problem: null } | { track: null; problem: MediaProblem }

/** Wishes only: `exact` makes a device that is nearly right fail altogether. */
const sound: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }
const picture: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 25, max: 30 },
}
const wishes: Record<Kind, MediaTrackConstraints> = {
  audio: sound,
  video: { ...picture, facingMode: { ideal: 'user' } },
}
// Without the facing mode: it would outweigh the camera that was chosen
const wishesFrom = (kind: Kind, deviceId: string): MediaTrackConstraints => ({
  ...(kind === 'audio' ? sound : picture),
  deviceId: { ideal: deviceId },
})

const devicesOfBrowser = (): MediaDevices | undefined => navigator.mediaDevices

const problemOfBrowser = (): MediaProblem | null =>
  browserProblem({
    secure: window.isSecureContext,
    hasMediaDevices: typeof devicesOfBrowser()?.getUserMedia === 'function',
    hasPeers: 'RTCPeerConnection' in window,
  })

/**
 * Camera and microphone, or as much of them as there is: both are asked for in one question; when that fails each
 * one is tried alone, so that a missing camera does not cost the sound.
 */
export async function captureBoth(): Promise<Record<Kind, Captured>> {
  const problem = problemOfBrowser()
  if (problem) return { audio: { track: null, problem }, video: { track: null, problem } }
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: wishes.audio, video: wishes.video })
    return { audio: trackOf(stream, 'audio'), video: trackOf(stream, 'video') }
  } catch (error) {
    const failure = error as MediaFailure
    // Asking again what was just left unanswered would nag
    if (mediaProblem(failure, 'unknown') === 'dismissed')
      return { audio: { track: null, problem: 'dismissed' }, video: { track: null, problem: 'dismissed' } }
    return { audio: await captureOne('audio'), video: await captureOne('video') }
  }
}

/** As the check measures sound: what the browser adds would hide a noisy room and a weak microphone. */
const rawSound: MediaTrackConstraints = {
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
}

/** Both, from these devices where an id is given, with sound as the microphone gives it. */
export async function captureForCheck(ids: Record<Kind, string>): Promise<Record<Kind, Captured>> {
  const problem = problemOfBrowser()
  if (problem) return { audio: { track: null, problem }, video: { track: null, problem } }
  const audio = { ...rawSound, ...(ids.audio !== '' && { deviceId: { ideal: ids.audio } }) }
  const video = ids.video === '' ? wishes.video : wishesFrom('video', ids.video)
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio, video })
    return { audio: trackOf(stream, 'audio'), video: trackOf(stream, 'video') }
  } catch (error) {
    const failure = error as MediaFailure
    if (mediaProblem(failure, 'unknown') === 'dismissed')
      return { audio: { track: null, problem: 'dismissed' }, video: { track: null, problem: 'dismissed' } }
    return { audio: await captureWith('audio', audio), video: await captureWith('video', video) }
  }
}

/** One kind again, if possible from the device with this id. */
export async function captureOne(kind: Kind, deviceId?: string): Promise<Captured> {
  const problem = problemOfBrowser()
  if (problem) return { track: null, problem }
  return captureWith(kind, deviceId === undefined ? wishes[kind] : wishesFrom(kind, deviceId))
}

async function captureWith(kind: Kind, constraints: MediaTrackConstraints): Promise<Captured> {
  try {
    return trackOf(await navigator.mediaDevices.getUserMedia({ [kind]: constraints }), kind)
  } catch (error) {
    return { track: null, problem: mediaProblem(error as MediaFailure, await permissionFor(kind)) }
  }
}

/** Phones share no screen; neither do old browsers. */
export const canShareScreen = (): boolean => typeof devicesOfBrowser()?.getDisplayMedia === 'function'

/** A screen or window that the person chooses; null when they choose none. Text must stay readable. */
export async function captureScreen(): Promise<MediaStreamTrack | null> {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({
      video: { frameRate: { ideal: 8, max: 15 } },
    })
    const track = stream.getVideoTracks()[0] ?? null
    if (track && 'contentHint' in track) track.contentHint = 'detail'
    return track
  } catch {
    return null
  }
}

/** Devices of a kind, those without a name before permission included. */
export async function devicesOf(kind: Kind): Promise<MediaDeviceInfo[]> {
  const devices = (await devicesOfBrowser()?.enumerateDevices()) ?? []
  return devices.filter((device) => device.kind === `${kind}input`)
}

/** Calls back when a device was plugged in or out. Returns the way to stop. */
export function onDevicesChanged(listener: () => void): () => void {
  const devices = devicesOfBrowser()
  devices?.addEventListener('devicechange', listener)
  return () => devices?.removeEventListener('devicechange', listener)
}

function trackOf(stream: MediaStream, kind: Kind): Captured {
  const track = stream.getTracks().find((candidate) => candidate.kind === kind)
  return track ? { track, problem: null } : { track: null, problem: 'notFound' }
}

async function permissionFor(kind: Kind): Promise<Permission> {
  const permissions = navigator.permissions as Permissions | undefined
  if (!permissions) return 'unknown'
  try {
    const name = kind === 'audio' ? 'microphone' : 'camera'
    return (await permissions.query({ name: name })).state
  } catch {
    // Firefox and Safari do not know these names in all versions
    return 'unknown'
  }
}

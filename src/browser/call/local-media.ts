import { createBackgroundBlur } from './background-blur'
import {
  canShareScreen,
  type Captured,
  captureBoth,
  captureOne,
  captureScreen,
  devicesOf,
  type Kind,
  onDevicesChanged,
} from './capture'
import { createEmitter, type Emitter } from './emitter'
import type { MediaProblem } from './media-problem'
import type { TabMemory } from './page-id'
import { createTestPicture, type TestPicture } from './test-picture'

/** What this person sends. A track stays in place while it is switched off: nobody renegotiates for a mute. */
export interface LocalMediaView {
  asked: boolean
  audio: MediaStreamTrack | null
  video: MediaStreamTrack | null
  problems: Record<Kind, MediaProblem | null>
  /** The person's wish; kept through reloads, so that a reconnect never unmutes. */
  microphoneOn: boolean
  cameraOn: boolean
  severalCameras: boolean
  testPicture: boolean
  /** The screen that this person shares. */
  screen: MediaStreamTrack | null
  /** Whether this browser can share a screen; phones cannot. */
  canShare: boolean
  /** Devices to choose from, by kind; empty before permission. */
  devices: Record<Kind, readonly MediaDeviceInfo[]>
}

interface LocalMediaEvents {
  change: LocalMediaView
  /** A device was unplugged; `name` is the one used instead, null when there is none. */
  deviceGone: { kind: Kind; name: string | null }
  /** A device was plugged in and is used now. */
  deviceCame: { kind: Kind; name: string }
  /** The screen is not shared any more, by whatever button. */
  sharingEnded: undefined
}

export interface LocalMedia {
  on: Emitter<LocalMediaEvents>['on']
  view(): LocalMediaView
  /** Asks for camera and microphone (again) and keeps whatever it gets. */
  open(): Promise<void>
  openTestPicture(label: string): void
  /** After a reload: the same kind of picture as before it. */
  resume(label: string): Promise<void>
  setMicrophone(on: boolean): void
  setCamera(on: boolean): void
  switchCamera(): Promise<void>
  /** Uses this device from now on; the old one stays if the new one does not answer. */
  useDevice(kind: Kind, deviceId: string): Promise<void>
  /** Asks which window to show. @returns false when the person chose none */
  shareScreen(): Promise<boolean>
  stopSharing(): void
  /** A document is before the camera: nothing may blur it. */
  setDocumentMode(on: boolean): void
  close(): void
}

const kinds: readonly Kind[] = ['audio', 'video']
const memoryKeys: Record<Kind, string> = { audio: 'e-wizyta.microphone', video: 'e-wizyta.camera' }
const testPictureKey = 'e-wizyta.testPicture'
/** A dead track on iOS after a phone call is `live` but muted for good. */
const mutedTooLongMilliseconds = 3000

export function createLocalMedia(memory: TabMemory): LocalMedia {
  const events = createEmitter<LocalMediaEvents>()
  const blur = createBackgroundBlur()
  let documentMode = false
  let testPicture: TestPicture | undefined
  let view: LocalMediaView = {
    asked: false,
    audio: null,
    video: null,
    problems: { audio: null, video: null },
    microphoneOn: memory.get(memoryKeys.audio) !== 'off',
    cameraOn: memory.get(memoryKeys.video) !== 'off',
    severalCameras: false,
    testPicture: false,
    screen: null,
    canShare: canShareScreen(),
    devices: { audio: [], video: [] },
  }

  const isOn = (kind: Kind): boolean => (kind === 'audio' ? view.microphoneOn : view.cameraOn)

  const change = (part: Partial<LocalMediaView>): void => {
    view = { ...view, ...part }
    for (const kind of kinds) {
      const track = view[kind]
      if (track) track.enabled = isOn(kind)
    }
    blur.update(view.video, documentMode)
    events.emit('change', view)
  }

  const take = (kind: Kind, captured: Captured): void => {
    const old = view[kind]
    if (old !== captured.track) release(old)
    if (captured.track) watch(kind, captured.track)
    change({ [kind]: captured.track, problems: { ...view.problems, [kind]: captured.problem } })
  }

  const watch = (kind: Kind, track: MediaStreamTrack): void => {
    let timer: number | undefined
    track.onended = () => void replace(kind, track)
    track.onmute = () => {
      timer = window.setTimeout(() => {
        if (track.muted && document.visibilityState === 'visible') void replace(kind, track)
      }, mutedTooLongMilliseconds)
    }
    track.onunmute = () => window.clearTimeout(timer)
  }

  const replace = async (kind: Kind, dead: MediaStreamTrack): Promise<void> => {
    if (view[kind] !== dead) return
    const captured = await captureOne(kind)
    if (view[kind] !== dead) {
      release(captured.track)
      return
    }
    take(kind, captured)
    const name = captured.track ? captured.track.label : null
    if (name !== dead.label) events.emit('deviceGone', { kind, name })
  }

  const countCameras = async (): Promise<void> => {
    const [audio, cameras] = [await devicesOf('audio'), await devicesOf('video')]
    change({
      severalCameras: !view.testPicture && cameras.length > 1,
      devices: { audio, video: cameras },
    })
  }

  const retryMissing = async (): Promise<void> => {
    if (!view.asked || view.testPicture) return
    for (const kind of kinds) {
      const known = view.devices[kind]
      const present = await devicesOf(kind)
      const isNew = ({ deviceId }: MediaDeviceInfo) => known.every((one) => one.deviceId !== deviceId)
      if (!view[kind]) {
        if (view.problems[kind] === 'notFound' && present.length > 0) take(kind, await captureOne(kind))
        continue
      }
      // A headset that was just plugged in is meant to be used; a second camera is not
      const plugged = kind === 'audio' && known.length > 0 ? present.find(isNew) : undefined
      if (plugged) {
        await useDevice('audio', plugged.deviceId)
        events.emit('deviceCame', { kind, name: plugged.label })
      }
    }
    await countCameras()
  }

  const reviveMuted = (): void => {
    if (document.visibilityState !== 'visible') return
    for (const kind of kinds) {
      const track = view[kind]
      if (track?.muted === true) track.onmute?.(new Event('mute'))
    }
  }

  const stopWatching = onDevicesChanged(() => void retryMissing())
  document.addEventListener('visibilitychange', reviveMuted)

  const setOn = (kind: Kind, on: boolean): void => {
    memory.set(memoryKeys[kind], on ? null : 'off')
    change(kind === 'audio' ? { microphoneOn: on } : { cameraOn: on })
  }

  const useDevice = async (kind: Kind, deviceId: string): Promise<void> => {
    const old = view[kind]
    // Some phones open one camera at a time
    if (kind === 'video') release(old)
    const captured = await captureOne(kind, deviceId)
    if (captured.track) take(kind, captured)
    else if (kind === 'video') take(kind, await captureOne(kind, old?.getSettings().deviceId))
  }

  const stopSharing = (): void => {
    if (!view.screen) return
    release(view.screen)
    change({ screen: null })
    events.emit('sharingEnded', undefined)
  }

  const stopAll = (): void => {
    for (const kind of kinds) release(view[kind])
    testPicture?.stop()
    testPicture = undefined
  }

  const open = async (): Promise<void> => {
    memory.set(testPictureKey, null)
    // Some phones cannot open a camera twice, so the old tracks go first
    stopAll()
    const { audio, video } = await captureBoth()
    if (audio.track) watch('audio', audio.track)
    if (video.track) watch('video', video.track)
    change({
      asked: true,
      testPicture: false,
      audio: audio.track,
      video: video.track,
      problems: { audio: audio.problem, video: video.problem },
    })
    await countCameras()
  }

  const openTestPicture = (label: string): void => {
    memory.set(testPictureKey, '1')
    stopAll()
    testPicture = createTestPicture(label)
    change({
      asked: true,
      testPicture: true,
      audio: testPicture.audio,
      video: testPicture.video,
      problems: { audio: null, video: null },
      severalCameras: false,
    })
  }

  return {
    on: events.on,
    view: () => view,
    open,
    openTestPicture,
    async resume(label) {
      if (memory.get(testPictureKey) === null) await open()
      else openTestPicture(label)
    },
    setMicrophone: (on) => setOn('audio', on),
    setCamera: (on) => setOn('video', on),
    useDevice,
    async shareScreen() {
      const track = await captureScreen()
      if (!track) return false
      release(view.screen)
      track.onended = stopSharing
      change({ screen: track })
      return true
    },
    stopSharing,
    setDocumentMode(on) {
      documentMode = on
      blur.update(view.video, on)
    },
    async switchCamera() {
      const current = view.video
      if (!current) return
      const cameras = await devicesOf('video')
      const usedNow = current.getSettings().deviceId
      const index = cameras.findIndex((camera) => camera.deviceId === usedNow)
      const next = cameras[(index + 1) % cameras.length]
      if (next) await useDevice('video', next.deviceId)
    },
    close() {
      stopWatching()
      document.removeEventListener('visibilitychange', reviveMuted)
      stopSharing()
      stopAll()
    },
  }
}

function release(track: MediaStreamTrack | null): void {
  if (!track) return
  track.onended = track.onmute = track.onunmute = null
  track.stop()
}

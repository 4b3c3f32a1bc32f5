import { type Captured, captureBoth, captureOne, devicesOf, type Kind, onDevicesChanged } from './capture'
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
}

interface LocalMediaEvents {
  change: LocalMediaView
  /** A device was unplugged; `name` is the one used instead, null when there is none. */
  deviceGone: { kind: Kind; name: string | null }
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
  close(): void
}

const kinds: readonly Kind[] = ['audio', 'video']
const memoryKeys: Record<Kind, string> = { audio: 'e-wizyta.microphone', video: 'e-wizyta.camera' }
const testPictureKey = 'e-wizyta.testPicture'
/** A dead track on iOS after a phone call is `live` but muted for good. */
const mutedTooLongMilliseconds = 3000

export function createLocalMedia(memory: TabMemory): LocalMedia {
  const events = createEmitter<LocalMediaEvents>()
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
  }

  const isOn = (kind: Kind): boolean => (kind === 'audio' ? view.microphoneOn : view.cameraOn)

  const change = (part: Partial<LocalMediaView>): void => {
    view = { ...view, ...part }
    for (const kind of kinds) {
      const track = view[kind]
      if (track) track.enabled = isOn(kind)
    }
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
    const cameras = await devicesOf('video')
    change({ severalCameras: !view.testPicture && cameras.length > 1 })
  }

  const retryMissing = async (): Promise<void> => {
    if (!view.asked || view.testPicture) return
    for (const kind of kinds) {
      if (view[kind] || view.problems[kind] !== 'notFound') continue
      if ((await devicesOf(kind)).length > 0) take(kind, await captureOne(kind))
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
    async switchCamera() {
      const current = view.video
      if (!current) return
      const cameras = await devicesOf('video')
      const usedNow = current.getSettings().deviceId
      const index = cameras.findIndex((camera) => camera.deviceId === usedNow)
      const next = cameras[(index + 1) % cameras.length]
      if (!next) return
      release(current)
      const captured = await captureOne('video', next.deviceId)
      take('video', captured.track ? captured : await captureOne('video', usedNow))
    },
    close() {
      stopWatching()
      document.removeEventListener('visibilitychange', reviveMuted)
      stopAll()
    },
  }
}

function release(track: MediaStreamTrack | null): void {
  if (!track) return
  track.onended = track.onmute = track.onunmute = null
  track.stop()
}

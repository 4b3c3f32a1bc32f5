import { useEffect, useMemo, useState } from 'preact/hooks'
import type { DeskCallBoot } from '../../contract/desk-call-boot'
import { showsDocument } from '../../contract/visit-matters'
import { createLocalMedia, type LocalMedia, type LocalMediaView } from '../call/local-media'
import { createMeshTransport } from '../call/mesh-transport'
import { tabMemory } from '../call/page-id'
import { createRoom, type Room, type RoomView } from '../call/room'
import type { Recorder } from '../recorder/recorder'

/** The officer's side of a call: own devices, the room, and the time it is there. */
export interface OfficerCall {
  media: LocalMedia
  room: Room
  mediaView: LocalMediaView
  roomView: RoomView
  /** The server's time, to the second. */
  now: Date
}

/** Opens camera and microphone, connects, and enters the call as soon as the devices have answered. */
export function useCall(boot: DeskCallBoot, recorder: Recorder | null): OfficerCall {
  const { media, room } = useMemo(() => {
    const memory = tabMemory()
    return {
      media: createLocalMedia(memory),
      room: createRoom({
        address: boot.room,
        visitNumber: boot.visit.number,
        serverNow: boot.now,
        state: boot.state,
        memory,
        transport: createMeshTransport(recorder?.tap),
      }),
    }
  }, [])
  const [mediaView, setMediaView] = useState(media.view())
  const [roomView, setRoomView] = useState(room.view())
  const [now, setNow] = useState(room.clock.now())

  useEffect(() => {
    let stopped = false
    const record = (): void => {
      const { state, peers, place, signalling } = room.view()
      // The call is elsewhere, the client took the consent back, or the visit is over
      if (place !== 'here' || state.recording === 'off') {
        stopped = true
        void recorder?.stop()
      }
      // A recording that has ended begins anew with the page
      else if (stopped && recorder && signalling === 'open') window.location.reload()
      else {
        const paused = boot.recordingPausedForDocument && showsDocument(state.asked)
        recorder?.update({ peers, own: outgoing(media.view()), recording: state.recording, paused })
      }
    }
    media.on('change', (view) => {
      setMediaView(view)
      if (view.asked) room.setMedia(outgoing(view))
      record()
    })
    room.on('change', (view) => {
      setRoomView(view)
      record()
    })
    const tick = window.setInterval(() => setNow(room.clock.now()), 1000)
    room.connect()
    room.enter()
    void media.resume(boot.me.name)
    return () => {
      window.clearInterval(tick)
      room.close()
      media.close()
    }
  }, [])

  return { media, room, mediaView, roomView, now }
}

const outgoing = (view: LocalMediaView) => ({
  audio: view.audio,
  video: view.video,
  screen: view.screen,
  microphone: view.audio !== null && view.microphoneOn,
  camera: view.video !== null && view.cameraOn,
})

import { type MeetingBoot, meetingIds, type MeetingTextKey } from '../../contract/meeting-boot'
import type { RecordingState } from '../../contract/visit-matters'
import { attachStream, playWithSound } from '../call/attach-stream'
import { byId } from '../call/boot-data'
import { setText, show } from '../call/dom'
import { createFullScreen } from '../call/full-screen'
import type { LocalMedia } from '../call/local-media'
import { createMutedTalk } from '../call/muted-talk'
import type { RemotePeer } from '../call/media-transport'
import type { Room } from '../call/room'
import { createSince } from '../call/since'
import { ringArc, timeLeft } from '../call/visit-clock'
import { callNotice } from './call-notice'
import { createChatPanel } from './chat-panel'
import { createDeviceMenu } from './device-menu'
import { createOfficerCard } from './officer-card'
import { recordingNews, recordingWords } from './recording-words'
import type { MeetingTexts } from './meeting-texts'

interface CallScreenParts {
  boot: MeetingBoot
  texts: MeetingTexts
  room: Room
  media: LocalMedia
}

/** The call as client and guardian see it. */
export interface CallScreen {
  update(inCall: boolean): void
  /** 'none' before a call, then how the way to the officer stands. */
  connection(): 'none' | 'connecting' | 'connected' | 'reconnecting'
}

const passingNoticeMilliseconds = 6000

export function createCallScreen({ boot, texts, room, media }: CallScreenParts): CallScreen {
  const officerVideo = byId(meetingIds.officerVideo, HTMLVideoElement)
  const guestVideo = byId(meetingIds.guestVideo, HTMLVideoElement)
  const selfVideo = byId(meetingIds.selfVideo, HTMLVideoElement)
  const autoplay = byId(meetingIds.autoplay, HTMLButtonElement)
  const status = byId(meetingIds.callStatus, HTMLElement)
  const guestRole = boot.you === 'client' ? 'guardian' : 'client'
  const downSince = createSince()
  const silentSince = createSince()
  let recordingBefore: RecordingState | null = null
  let ownTrack: MediaStreamTrack | null = null
  let connectedOnce = false
  let passing = { text: '', until: 0 }
  let guestWasHere = false
  let talksMuted = false

  autoplay.addEventListener('click', () => {
    show(autoplay, false)
    playWithSound(officerVideo)
    playWithSound(guestVideo)
  })
  const onBlocked = (): void => show(autoplay, true)
  connectControls(texts, media, room)
  createDeviceMenu(media)
  createMutedTalk(media, (talks) => {
    talksMuted = talks
  })
  connectZoom(texts)
  const chat = createChatPanel(texts, room, boot)
  const card = createOfficerCard(texts, room, media)
  const interpreterVideo = byId(meetingIds.interpreterVideo, HTMLVideoElement)
  const sharedVideo = byId(meetingIds.sharedVideo, HTMLVideoElement)

  media.on('deviceGone', ({ kind, name }) => {
    const device = kind === 'audio' ? 'microphone' : 'camera'
    tellForAWhile(
      name === null
        ? texts.text(`call.deviceGoneNone.${device}`)
        : texts.text(`call.deviceGone.${device}`, { name }),
    )
  })

  media.on('deviceCame', ({ name }) => tellForAWhile(texts.text('call.deviceCame', { name })))

  function tellForAWhile(text: string): void {
    passing = { text, until: Date.now() + passingNoticeMilliseconds }
  }

  const peer = (participant: RemotePeer['participant']): RemotePeer | undefined =>
    room.view().peers.find((other) => other.participant === participant)

  const updateGuest = (guest: RemotePeer | undefined): void => {
    attachStream(guestVideo, guest?.stream ?? null, onBlocked)
    if (guestVideo.parentElement) show(guestVideo.parentElement, guest !== undefined)
    setText(
      byId(meetingIds.guestPlate, HTMLElement),
      guestRole === 'guardian'
        ? (boot.visit.guardian ?? texts.text('call.guardian'))
        : texts.text('call.picture.client'),
    )
    if (guestRole === 'guardian' && guestWasHere !== (guest !== undefined))
      tellForAWhile(texts.text(guest ? 'call.joined.guardian' : 'call.left.guardian'))
    guestWasHere = guest !== undefined
  }

  const updateClock = (): number => {
    const left = timeLeft(room.view().state, room.clock.now())
    setText(byId(meetingIds.timeLeft, HTMLElement), texts.count('call.timeLeft', left.minutes))
    document
      .getElementById(meetingIds.ring)
      ?.querySelector('path')
      ?.setAttribute('d', left.share > 0 ? ringArc(left.share) : '')
    return left.minutes
  }

  const updateNotice = (officer: RemotePeer | undefined, minutesLeft: number): void => {
    const now = Date.now()
    const { signalling } = room.view()
    const view = media.view()
    const key = callNotice({
      now,
      downSince: downSince(signalling !== 'open', now),
      silentSince: silentSince(officer?.receiving !== true, now),
      officerPresent: officer?.present === true,
      connectedOnce,
      minutesLeft,
      hasCamera: view.video !== null,
      cameraOn: view.cameraOn,
      microphoneOn: view.microphoneOn,
      talksMuted,
      officerMicrophone: officer?.media?.microphone !== false,
      officerCamera: officer?.media?.camera !== false,
      ownWay: officer?.quality ?? 'good',
      officerSoundOnly: officer?.media?.soundOnly === true,
    })
    const text = now < passing.until ? passing.text : key === null ? '' : texts.text(key)
    setText(status, text)
    // Only out of sight: a live region that is taken away and brought back is not read out
    status.parentElement?.classList.toggle('hide', text === '')
  }

  return {
    update(inCall) {
      const officer = inCall ? peer('officer') : undefined
      const view = media.view()
      if (officer?.receiving === true) connectedOnce = true
      if (!inCall) connectedOnce = false
      attachStream(officerVideo, officer?.stream ?? null, onBlocked)
      if (view.video !== ownTrack) attachStream(selfVideo, view.video && new MediaStream([view.video]))
      ownTrack = view.video
      show(byId(meetingIds.selfPicture, HTMLElement), view.video !== null)
      if (!inCall) {
        guestWasHere = false
        attachStream(guestVideo, null)
        return
      }
      updateGuest(peer(guestRole))
      setText(
        byId(meetingIds.officerPlate, HTMLElement),
        room.view().state.officerName ?? texts.text('call.officer'),
      )
      const { state } = room.view()
      const interpreter = boot.you === 'interpreter' ? undefined : peer('interpreter')
      attachStream(interpreterVideo, interpreter?.stream ?? null, onBlocked)
      show(byId(meetingIds.interpreterPicture, HTMLElement), interpreter !== undefined)
      setText(
        byId(meetingIds.interpreterPlate, HTMLElement),
        state.guests.interpreter ?? texts.text('call.interpreter'),
      )
      attachStream(sharedVideo, officer?.screen ?? null)
      show(byId(meetingIds.sharedPicture, HTMLElement), (officer?.screen ?? null) !== null)
      const recording = recordingWords[state.recording]
      byId(meetingIds.recording, HTMLElement).setAttribute('data-recording', state.recording)
      setText(byId(meetingIds.recording, HTMLElement), recording === null ? '' : texts.text(recording))
      if (state.recording !== recordingBefore) {
        const news = recordingNews(recordingBefore, state.recording)
        setText(byId(meetingIds.recordingNews, HTMLElement), news === null ? '' : texts.text(news))
        recordingBefore = state.recording
      }
      if (boot.you === 'client') card.update(state)
      chat.update()
      updateNotice(officer, updateClock())
    },
    connection() {
      if (!room.view().entered) return 'none'
      if (peer('officer')?.connected === true) return 'connected'
      return connectedOnce ? 'reconnecting' : 'connecting'
    },
  }
}

/** A shared page may be too small to read on a phone. */
function connectZoom(texts: MeetingTexts): void {
  const picture = byId(meetingIds.sharedPicture, HTMLElement)
  const zoom = byId(meetingIds.sharedZoom, HTMLButtonElement)
  zoom.addEventListener('click', () => {
    const zoomed = picture.classList.toggle('zoomed')
    zoom.setAttribute('aria-pressed', String(zoomed))
    setText(zoom, texts.text(zoomed ? 'call.share.zoomOut' : 'call.share.zoomIn'))
  })
}

function connectControls(texts: MeetingTexts, media: LocalMedia, room: Room): void {
  const microphone = byId(meetingIds.microphone, HTMLButtonElement)
  const camera = byId(meetingIds.camera, HTMLButtonElement)
  const switchCamera = byId(meetingIds.switchCamera, HTMLButtonElement)
  const fullScreenButton = byId(meetingIds.fullScreen, HTMLButtonElement)
  const question = byId(meetingIds.hangUpConfirm, HTMLElement)
  const hangUp = byId(meetingIds.hangUp, HTMLButtonElement)
  const stay = byId(meetingIds.hangUpStay, HTMLButtonElement)
  const fullScreen = createFullScreen(byId(meetingIds.call, HTMLElement))

  const label = (control: HTMLElement, key: MeetingTextKey): void => {
    const word = control.querySelector('span')
    if (word) setText(word, texts.text(key))
  }
  const update = (): void => {
    const { microphoneOn, cameraOn, severalCameras, audio, video } = media.view()
    // The word says what a press does; the white button shows that something is off
    microphone.setAttribute('aria-pressed', String(!microphoneOn))
    camera.setAttribute('aria-pressed', String(!cameraOn))
    label(microphone, microphoneOn ? 'call.mute' : 'call.unmute')
    label(camera, cameraOn ? 'call.cameraOff' : 'call.cameraOn')
    show(microphone, audio !== null)
    show(camera, video !== null)
    show(switchCamera, severalCameras)
  }
  microphone.addEventListener('click', () => media.setMicrophone(!media.view().microphoneOn))
  camera.addEventListener('click', () => media.setCamera(!media.view().cameraOn))
  switchCamera.addEventListener('click', () => void media.switchCamera())
  const share = byId(meetingIds.share, HTMLButtonElement)
  const updateShare = (): void => {
    const { screen, canShare } = media.view()
    show(share, canShare)
    share.setAttribute('aria-pressed', String(screen !== null))
    label(share, screen === null ? 'call.share' : 'call.share.stop')
  }
  share.addEventListener('click', () => {
    if (media.view().screen) media.stopSharing()
    else void media.shareScreen()
  })
  media.on('change', updateShare)
  updateShare()
  media.on('change', update)
  update()

  show(fullScreenButton, fullScreen !== undefined)
  fullScreenButton.addEventListener('click', () => fullScreen?.toggle())
  fullScreen?.onChange(() =>
    label(fullScreenButton, fullScreen.isOn() ? 'call.fullScreen.exit' : 'call.fullScreen'),
  )

  hangUp.addEventListener('click', () => {
    show(question, true)
    stay.focus()
  })
  stay.addEventListener('click', () => {
    show(question, false)
    hangUp.focus()
  })
  byId(meetingIds.hangUpYes, HTMLButtonElement).addEventListener('click', () => {
    show(question, false)
    room.leave()
  })
}

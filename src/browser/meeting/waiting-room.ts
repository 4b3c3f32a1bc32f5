import { type MeetingBoot, meetingIds } from '../../contract/meeting-boot'
import { byId } from '../call/boot-data'
import { setText, show } from '../call/dom'
import { brightnessOf } from '../call/light'
import { createSince } from '../call/since'
import type { Room } from '../call/room'
import type { InvitationSound } from './invitation-sound'
import { createLightHint } from './light-hint'
import type { MeetingState } from './meeting-state'
import type { MeetingTexts } from './meeting-texts'
import { waitingStatus } from './waiting-status'

interface WaitingRoomParts {
  boot: MeetingBoot
  texts: MeetingTexts
  room: Room
  sound: InvitationSound
  /** Whether the own camera is on: a black picture says nothing about the light. */
  hasPicture: () => boolean
  onEnterCall: () => void
  onLeave: () => void
}

/** The waiting room: how late it is, whether we are connected, and the officer's invitation. */
export interface WaitingRoom {
  update(state: MeetingState): void
}

/** A break this short repairs itself before anybody has read about it. */
const patienceMilliseconds = 1500
const backNoticeMilliseconds = 4000

export function createWaitingRoom(parts: WaitingRoomParts): WaitingRoom {
  const { boot, texts, room, sound } = parts
  const picture = byId(meetingIds.ownPicture, HTMLElement)
  const place = byId(meetingIds.waitingPicture, HTMLElement)
  const status = byId(meetingIds.waitingStatus, HTMLElement)
  const connection = byId(meetingIds.connection, HTMLElement)
  const invitation = byId(meetingIds.invitation, HTMLElement)
  const soundBox = byId(meetingIds.sound, HTMLInputElement)
  const entryPlace = picture.parentElement
  const afterPicture = picture.nextSibling
  const downSince = createSince()
  const hint = byId(meetingIds.lightHint, HTMLElement)
  const lightHint = createLightHint()
  let wasDown = false
  let backUntil = 0

  soundBox.checked = sound.isOn
  soundBox.addEventListener('change', () => {
    sound.setOn(soundBox.checked)
    sound.prepare()
  })
  byId(meetingIds.invitationEnter, HTMLButtonElement).addEventListener('click', parts.onEnterCall)
  byId(meetingIds.leave, HTMLButtonElement).addEventListener('click', parts.onLeave)

  /** Moved, not copied: two previews of one camera differ in nothing but work. */
  const movePicture = (waiting: boolean): void => {
    const home = waiting ? place : entryPlace
    if (!home || picture.parentElement === home) return
    home.insertBefore(picture, waiting ? null : afterPicture)
    // A moved video stands still
    void byId(meetingIds.ownVideo, HTMLVideoElement)
      .play()
      .catch(() => undefined)
  }

  const updateConnection = (): void => {
    const now = Date.now()
    const { signalling } = room.view()
    const since = downSince(signalling === 'down' || signalling === 'ended', now)
    const isDown = since !== null && now - since > patienceMilliseconds
    if (isDown) wasDown = true
    else if (wasDown && signalling === 'open') {
      wasDown = false
      backUntil = now + backNoticeMilliseconds
    }
    const text = isDown ? 'wait.reconnecting' : now < backUntil ? 'wait.reconnected' : null
    setText(connection, text === null ? '' : texts.text(text))
    show(connection, text !== null)
  }

  const updateLight = (): void => {
    const points = parts.hasPicture() ? brightnessOf(byId(meetingIds.ownVideo, HTMLVideoElement)) : null
    const key = lightHint(points, Date.now())
    setText(hint, key === null ? '' : texts.text(key))
    show(hint, key !== null)
  }

  return {
    update(state) {
      const isHere = state === 'waiting' || state === 'invited' || state === 'left'
      movePicture(isHere)
      sound.ring(state === 'invited')
      show(invitation, state === 'invited' || state === 'left')
      const note = status.parentElement?.parentElement
      if (note) show(note, state !== 'invited')
      if (!isHere) return
      updateConnection()
      updateLight()
      if (state === 'left') {
        setText(status, texts.text('wait.leave.note'))
        return
      }
      const view = room.view()
      const present = view.present.map(({ participant }) => participant)
      const said = waitingStatus(boot.you, present, view.state, room.clock.now())
      setText(status, 'n' in said ? texts.count(said.key, said.n) : texts.text(said.key))
    },
  }
}

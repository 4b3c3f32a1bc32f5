import { type MeetingBoot, meetingIds, type MeetingTextKey } from '../../contract/meeting-boot'
import { byId } from '../call/boot-data'
import { setText, show } from '../call/dom'
import type { LocalMedia, LocalMediaView } from '../call/local-media'
import { createOwnPicture } from '../call/own-picture'
import type { MeetingTexts } from './meeting-texts'

type EnterTexts = { button: MeetingTextKey; note: MeetingTextKey | null }

/** First step: own picture, and the door to the waiting room, also for who has no camera or microphone. */
export function createEntry(
  boot: MeetingBoot,
  texts: MeetingTexts,
  media: LocalMedia,
  onEnter: () => void,
): void {
  const enter = byId(meetingIds.enter, HTMLButtonElement)
  const note = byId(meetingIds.enterNote, HTMLElement)
  createOwnPicture(meetingIds, media, texts, boot.visit.number)
  enter.addEventListener('click', onEnter)

  const update = (view: LocalMediaView): void => {
    show(enter, view.asked)
    const { button, note: noteKey } = enterTexts(view)
    setText(enter, texts.text(button))
    setText(note, view.asked && noteKey !== null ? texts.text(noteKey) : '')
  }
  media.on('change', update)
  update(media.view())
}

function enterTexts({ audio, video }: LocalMediaView): EnterTexts {
  if (audio && video) return { button: 'meet.enter', note: null }
  if (audio) return { button: 'meet.joinWithoutCamera', note: 'meet.joinWithoutCamera.note' }
  if (video) return { button: 'meet.joinWithoutMicrophone', note: 'meet.joinWithoutMicrophone.note' }
  return { button: 'meet.joinWithoutDevices', note: 'meet.joinWithoutDevices.note' }
}

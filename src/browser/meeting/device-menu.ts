import { meetingIds } from '../../contract/meeting-boot'
import { byId } from '../call/boot-data'
import { element, show } from '../call/dom'
import type { LocalMedia } from '../call/local-media'
import { chosenSpeaker, speakers, useSpeaker } from '../call/speaker'

/** Camera, microphone and speaker to choose from during the call; a list with one entry is no choice. */
export function createDeviceMenu(media: LocalMedia): void {
  const opener = byId(meetingIds.devicesOpen, HTMLButtonElement)
  const menu = byId(meetingIds.devices, HTMLElement)
  const closer = byId(meetingIds.devicesClose, HTMLButtonElement)
  const camera = byId(meetingIds.chooseCamera, HTMLSelectElement)
  const microphone = byId(meetingIds.chooseMicrophone, HTMLSelectElement)
  const speaker = byId(meetingIds.chooseSpeaker, HTMLSelectElement)

  let isOpen = false

  const fill = (
    select: HTMLSelectElement,
    devices: readonly MediaDeviceInfo[],
    used: string | null,
  ): void => {
    select.textContent = ''
    for (const { deviceId, label } of devices)
      select.appendChild(element('option', { value: deviceId, selected: deviceId === used }, label))
    if (select.parentElement) show(select.parentElement, devices.length > 0)
  }
  const update = async (): Promise<void> => {
    const { audio, video, devices, testPicture } = media.view()
    show(opener, !testPicture && devices.audio.length + devices.video.length > 0)
    if (!isOpen) return
    fill(camera, devices.video, video?.getSettings().deviceId ?? null)
    fill(microphone, devices.audio, audio?.getSettings().deviceId ?? null)
    fill(speaker, await speakers(), chosenSpeaker())
  }
  const open = (wanted: boolean): void => {
    isOpen = wanted
    show(menu, wanted)
    void update()
    if (wanted) camera.focus()
    else opener.focus()
  }

  opener.addEventListener('click', () => open(!isOpen))
  closer.addEventListener('click', () => open(false))
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') open(false)
  })
  camera.addEventListener('change', () => void media.useDevice('video', camera.value))
  microphone.addEventListener('change', () => void media.useDevice('audio', microphone.value))
  speaker.addEventListener('change', () => useSpeaker(speaker.value))
  media.on('change', () => void update())
  void update()
}

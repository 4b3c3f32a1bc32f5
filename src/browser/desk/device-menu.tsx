import { useEffect, useState } from 'preact/hooks'
import type { LocalMedia, LocalMediaView } from '../call/local-media'
import { chosenSpeaker, speakers, useSpeaker } from '../call/speaker'
import type { CallTexts } from './call-notices'

interface DeviceMenuProps {
  texts: CallTexts
  media: LocalMedia
  view: LocalMediaView
}

/** Camera, microphone and speaker of the workstation, changed while the call goes on. */
export function DeviceMenu({ texts: { text }, media, view }: DeviceMenuProps) {
  const [outputs, setOutputs] = useState<readonly MediaDeviceInfo[]>([])
  const [speaker, setSpeaker] = useState(chosenSpeaker() ?? '')
  useEffect(() => void speakers().then(setOutputs), [view.devices])
  return (
    <details class="keys">
      <summary>{text('call.devices.short')}</summary>
      <div>
        <h2>{text('desk.call.devices.title')}</h2>
        <Choice
          id="wybierz-kamere"
          label={text('device.choose.camera')}
          devices={view.devices.video}
          used={view.video?.getSettings().deviceId ?? ''}
          onChoose={(id) => void media.useDevice('video', id)}
        />
        <Choice
          id="wybierz-mikrofon"
          label={text('device.choose.microphone')}
          devices={view.devices.audio}
          used={view.audio?.getSettings().deviceId ?? ''}
          onChoose={(id) => void media.useDevice('audio', id)}
        />
        <Choice
          id="wybierz-glosnik"
          label={text('device.choose.speaker')}
          devices={outputs}
          used={speaker}
          onChoose={(id) => {
            useSpeaker(id)
            setSpeaker(id)
          }}
        />
      </div>
    </details>
  )
}

interface ChoiceProps {
  id: string
  label: string
  devices: readonly MediaDeviceInfo[]
  used: string
  onChoose: (deviceId: string) => void
}

const Choice = ({ id, label, devices, used, onChoose }: ChoiceProps) =>
  devices.length === 0 ? null : (
    <p class="f">
      <label for={id}>{label}</label>
      <select id={id} value={used} onChange={(event) => onChoose(event.currentTarget.value)}>
        {devices.map(({ deviceId, label: name }) => (
          <option key={deviceId} value={deviceId}>
            {name}
          </option>
        ))}
      </select>
    </p>
  )

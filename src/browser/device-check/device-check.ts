import { type DeviceCheckBoot, deviceIds, type DeviceTextKey } from '../../contract/device-boot'
import {
  deviceChecks,
  type DeviceReport,
  type DeviceVerdict,
  overallVerdict,
  verdictOf,
} from '../../contract/device-check'
import { attachStream } from '../call/attach-stream'
import { byId, createTexts, readBoot } from '../call/boot-data'
import { type Captured, captureForCheck, devicesOf, type Kind } from '../call/capture'
import { element, setText, show } from '../call/dom'
import { icon, type IconName } from '../call/icons'
import { createTestPicture } from '../call/test-picture'
import { createResultsList } from './results-list'
import { runChecks } from './run-checks'
import { sendReport } from './send-report'

const boot = readBoot() as DeviceCheckBoot
const texts = createTexts<DeviceTextKey, 'device.result.warning.body'>(boot)
const { text, count } = texts
const start = byId(deviceIds.start, HTMLButtonElement)
const video = byId(deviceIds.ownVideo, HTMLVideoElement)
const note = byId(deviceIds.ownNote, HTMLElement)
const prompt = byId(deviceIds.prompt, HTMLElement)
const progress = byId(deviceIds.progress, HTMLProgressElement)
const verdictBox = byId(deviceIds.verdict, HTMLElement)
const resultsTitle = byId(deviceIds.resultsTitle, HTMLElement)
const kept = byId(deviceIds.kept, HTMLElement)
const onward = document.getElementById(deviceIds.onward)
const choices: Record<Kind, HTMLSelectElement> = {
  video: byId(deviceIds.cameras, HTMLSelectElement),
  audio: byId(deviceIds.microphones, HTMLSelectElement),
}
const list = createResultsList(byId(deviceIds.results, HTMLElement), boot, texts)

let captured: Record<Kind, Captured> | undefined
let stopTestPicture: (() => void) | undefined

const release = (): void => {
  for (const one of captured ? [captured.audio, captured.video] : []) one.track?.stop()
  stopTestPicture?.()
  stopTestPicture = captured = undefined
}

const looks: Record<DeviceVerdict, { class: string; icon: IconName; title: DeviceTextKey }> = {
  ok: { class: 'note note-ok', icon: 'done', title: 'device.result.ready.title' },
  warning: { class: 'note note-warn', icon: 'alert', title: 'device.result.warning.title' },
  failed: { class: 'note note-bad', icon: 'cross', title: 'device.result.failed.title' },
  unknown: { class: 'note', icon: 'info', title: 'device.result.unknown.title' },
}

const tellVerdict = (report: DeviceReport): void => {
  const verdict = overallVerdict(report)
  const look = looks[verdict]
  const remarks = deviceChecks.filter(
    (check) => verdictOf(check, report[check].code as never) === 'warning',
  ).length
  const body: Record<DeviceVerdict, string> = {
    ok: text('device.result.ready.body'),
    warning: count('device.result.warning.body', remarks),
    failed: text('device.result.failed.body'),
    unknown: text('device.result.unknown.body'),
  }
  verdictBox.textContent = ''
  verdictBox.appendChild(
    element(
      'div',
      { class: look.class },
      icon(look.icon, 24),
      element(
        'div',
        {},
        element('p', {}, element('b', {}, text(look.title))),
        element('p', {}, body[verdict]),
      ),
    ),
  )
  if (onward) setText(onward, text(verdict === 'failed' ? 'device.continueAnyway' : 'device.continue'))
}

const offerDevices = async (): Promise<void> => {
  for (const kind of ['video', 'audio'] as const) {
    const devices = await devicesOf(kind)
    const chosen = captured?.[kind].track?.getSettings().deviceId
    const select = choices[kind]
    select.textContent = ''
    for (const { deviceId, label } of devices)
      select.appendChild(element('option', { value: deviceId, selected: deviceId === chosen }, label))
    const field = select.parentElement
    if (field) show(field, devices.length > 1)
  }
}

const capture = async (fromTestPicture: boolean): Promise<Record<Kind, Captured>> => {
  if (fromTestPicture) {
    const picture = createTestPicture('')
    stopTestPicture = () => picture.stop()
    const taken = (track: MediaStreamTrack | null): Captured =>
      track ? { track, problem: null } : { track: null, problem: 'failed' }
    return { audio: taken(picture.audio), video: taken(picture.video) }
  }
  return captureForCheck({ audio: choices.audio.value, video: choices.video.value })
}

const check = async (fromTestPicture: boolean): Promise<void> => {
  start.disabled = true
  release()
  verdictBox.textContent = ''
  setText(kept, '')
  setText(note, text('meet.asking'))
  captured = await capture(fromTestPicture)
  attachStream(video, captured.video.track ? new MediaStream([captured.video.track]) : null)
  setText(note, text(captured.video.track ? 'meet.preview' : 'meet.previewOff'))
  show(resultsTitle, true)
  show(progress, true)
  progress.value = 0
  let report: Partial<DeviceReport> = {}
  list.show(report)
  const whole = await runChecks(boot, captured, video, {
    onFinding(name, finding) {
      report = { ...report, [name]: finding }
      progress.value = Object.keys(report).length / deviceChecks.length
      list.show(report)
    },
    onPrompt(what) {
      setText(
        prompt,
        what === null ? '' : text(what === 'speak' ? 'device.microphone.prompt' : 'device.noise.prompt'),
      )
    },
  })
  tellVerdict(whole)
  show(progress, false)
  start.disabled = false
  setText(start, text('device.again'))
  document.body.setAttribute('data-state', 'checked')
  await offerDevices()
  if (boot.addresses.report !== null)
    setText(
      kept,
      text((await sendReport(boot.addresses.report, whole)) ? 'device.kept' : 'device.kept.failed'),
    )
}

start.addEventListener('click', () => void check(false))
document.getElementById(deviceIds.testPicture)?.addEventListener('click', () => void check(true))
for (const select of [choices.audio, choices.video])
  select.addEventListener('change', () => void check(false))
window.addEventListener('pagehide', release)

import type { DeviceCheckName, DeviceReport, DeviceRequirements, Finding } from '../../contract/device-check'
import type { Captured } from '../call/capture'
import type { LightReading } from '../call/light'
import type { MediaProblem } from '../call/media-problem'
import { bandwidthFinding } from './bandwidth-finding'
import { browserFinding } from './browser-finding'
import { connectionFinding } from './connection-finding'
import { measureConnection } from './measure-connection'
import { measurePicture } from './measure-picture'
import { listen } from './measure-sound'
import { measureDownload, measureUpload } from './measure-transfer'
import { cameraFinding } from './picture-finding'
import { microphoneFinding, noiseFinding } from './sound-finding'

export interface CheckSettings {
  needed: DeviceRequirements
  addresses: { relays: string; download: string; upload: string }
}

export interface CheckEvents {
  /** A check has its finding. */
  onFinding: <Check extends DeviceCheckName>(check: Check, finding: Finding<Check>) => void
  /** What the person is asked to do right now. */
  onPrompt: (prompt: 'speak' | 'hush' | null) => void
}

const speakFor = 4000
const hushFor = 3000

const wait = (milliseconds: number) =>
  new Promise<void>((resolve) => window.setTimeout(resolve, milliseconds))

/** Every check, side by side where they do not disturb each other; about ten seconds once devices have answered. */
export async function runChecks(
  { needed, addresses }: CheckSettings,
  captured: { audio: Captured; video: Captured },
  video: HTMLVideoElement,
  { onFinding, onPrompt }: CheckEvents,
): Promise<DeviceReport> {
  const tell = <Check extends DeviceCheckName>(check: Check, finding: Finding<Check>): Finding<Check> => {
    onFinding(check, finding)
    return finding
  }
  const browser = tell('browser', browserFinding(browserFacts()))
  const sound = checkSound(captured.audio, tell, onPrompt)
  const picture = checkPicture(captured.video, video, needed, tell)
  const network = checkNetwork({ needed, addresses }, tell)
  const [{ microphone, noise }, { camera, light, backlight }, { bandwidth, connection }] = await Promise.all([
    sound,
    picture,
    network,
  ])
  return { browser, camera, microphone, noise, light, backlight, bandwidth, connection }
}

type Tell = <Check extends DeviceCheckName>(check: Check, finding: Finding<Check>) => Finding<Check>

const browserFacts = () => ({
  userAgent: navigator.userAgent,
  secure: window.isSecureContext,
  hasMediaDevices: typeof (navigator.mediaDevices as MediaDevices | undefined)?.getUserMedia === 'function',
  hasPeers: 'RTCPeerConnection' in window,
})

/** Causes by name; what only the browser as a whole lacks is its own finding. */
const causes = {
  denied: 'refusedByPerson',
  systemDenied: 'refusedBySystem',
  dismissed: 'dismissed',
  inUse: 'inUse',
  notFound: 'notFound',
  failed: 'unknown',
  insecure: 'unknown',
  unsupported: 'unknown',
} as const satisfies Record<MediaProblem, string>

async function checkSound({ track, problem }: Captured, tell: Tell, onPrompt: CheckEvents['onPrompt']) {
  if (!track)
    return {
      microphone: tell('microphone', { code: causes[problem], level: null }),
      noise: tell('noise', { code: 'unknown', level: null }),
    }
  const readings: number[] = []
  const listening = listen(track, (loudness) => readings.push(loudness))
  onPrompt('speak')
  await wait(speakFor)
  const microphone = tell('microphone', microphoneFinding(readings.splice(0)))
  onPrompt('hush')
  await wait(hushFor)
  const noise = tell('noise', noiseFinding(readings))
  onPrompt(null)
  listening?.stop()
  return { microphone, noise }
}

const lights = {
  good: ['ok', 'ok'],
  dark: ['dark', 'ok'],
  bright: ['bright', 'ok'],
  // Whether the face itself is lit well cannot be told against the light
  backlight: ['unknown', 'behind'],
} as const satisfies Record<LightReading, readonly [Finding<'light'>['code'], Finding<'backlight'>['code']]>

async function checkPicture(
  { track, problem }: Captured,
  video: HTMLVideoElement,
  needed: DeviceRequirements,
  tell: Tell,
) {
  const reading = track ? await measurePicture(video) : null
  const camera = track ? cameraFinding(reading, needed) : { code: causes[problem], width: null, height: null }
  const seen = reading && camera.code !== 'black' ? lights[reading.light] : (['unknown', 'unknown'] as const)
  return {
    camera: tell('camera', camera),
    light: tell('light', { code: seen[0] }),
    backlight: tell('backlight', { code: seen[1] }),
  }
}

/** One after the other: each would take the line from the next. */
async function checkNetwork({ needed, addresses }: CheckSettings, tell: Tell) {
  const servers = await relaysFrom(addresses.relays)
  const measured = 'RTCPeerConnection' in window ? await measureConnection(servers) : null
  const connection = tell('connection', measured ? connectionFinding(measured) : { code: 'unknown' })
  const down = await measureDownload(addresses.download)
  const throughRelay = measured?.throughRelay ?? null
  const up = throughRelay ?? (await measureUpload(addresses.upload))
  const reading = { down, up, upIsFloor: throughRelay === null }
  return { connection, bandwidth: tell('bandwidth', bandwidthFinding(reading, needed)) }
}

/** Null when the server does not answer. */
function relaysFrom(address: string): Promise<RTCIceServer[] | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('GET', address)
    request.timeout = 5000
    request.onload = () => {
      try {
        const answer = JSON.parse(request.responseText) as { iceServers: RTCIceServer[] }
        resolve(request.status === 200 ? answer.iceServers : null)
      } catch {
        resolve(null)
      }
    }
    request.onerror = request.ontimeout = () => resolve(null)
    request.send()
  })
}

import { createEmitter, type Emitter } from '../call/emitter'
import type { FrameTap, TappedPeer } from '../call/frame-tap'
import { newPageId, newUuid } from '../call/page-id'
import { localNow } from './local-now'
import { createStreamRecorders } from './record-streams'
import { type CallFacts, mutesOf, planTaps, type Tap } from './tap-plan'
import type { FromWorker, RecorderView, ToWorker, TransformOptions } from './worker-messages'

export interface RecorderOptions {
  /** Of the worker's script. */
  worker: string
  /** Of the journal's socket. */
  address: string
  visitId: string
  /** As the server wrote it into the page. */
  serverNow: string
}

/** Records the call of this page, from its making to `stop`. */
export interface Recorder {
  /** `view`: something has changed that a person could notice. */
  on: Emitter<{ view: RecorderView }>['on']
  view(): RecorderView
  /** To be handed to the call's transport; undefined where the browser gives no frames. */
  tap: FrameTap | undefined
  update(facts: CallFacts): void
  /** Resolves when the server has everything, or when that takes too long: the rest is sent later. */
  stop(): Promise<void>
}

interface Transformable {
  transform: unknown
}

const stopWithinMilliseconds = 4000
const nothingYet: RecorderView = {
  connected: false,
  savedTo: null,
  waitingSeconds: 0,
  missing: [],
  spoolFailed: false,
  end: null,
  restarts: 0,
}

export function createRecorder(options: RecorderOptions): Recorder {
  const events = createEmitter<{ view: RecorderView }>()
  const worker = new Worker(options.worker)
  const post = (message: ToWorker, transfer: Transferable[] = []): void =>
    worker.postMessage(message, transfer)
  const givesFrames = 'RTCRtpScriptTransform' in window
  const streams = givesFrames ? null : createStreamRecorders(post)
  const taps = new Map<string, Tap>()
  const senders = new Map<string, RTCRtpSender>()
  const screenIds = new Set<string>()
  const said = new Map<string, string>()
  let view = nothingYet
  let facts: CallFacts = {
    peers: [],
    own: { audio: null, video: null, screen: null, microphone: false, camera: false },
    recording: 'starting',
    paused: false,
  }
  let stopping: Promise<void> | null = null
  let onStopped: () => void = () => undefined

  post({
    type: 'record',
    address: options.address,
    visitId: options.visitId,
    session: newUuid(),
    ahead: new Date(options.serverNow).getTime() - localNow(),
  })
  worker.onmessage = ({ data: message }: MessageEvent<FromWorker>) => {
    if (message.type === 'view') {
      // The head of a file lies in the session that is over
      if (message.view.restarts > view.restarts) streams?.beginAnew()
      view = message.view
      events.emit('view', view)
    } else if (message.type === 'keyFrame') void askKeyFrame(senders.get(message.tap))
    else if (message.type === 'stopped') onStopped()
  }
  window.addEventListener('pagehide', () => post({ type: 'flush' }))

  /** Says only what is new. */
  const tell = (about: string, message: ToWorker): void => {
    const words = JSON.stringify(message)
    if (said.get(about) === words) return
    said.set(about, words)
    post(message)
  }
  const plan = (): void => {
    for (const { media } of facts.peers) if (media?.screen) screenIds.add(media.screen)
    for (const planned of planTaps([...taps.values()], facts.peers, facts.own, screenIds))
      tell(planned.id, { type: 'plan', tap: planned.id, label: planned.label, plan: planned.plan })
  }

  const add = (peer: TappedPeer, tap: Omit<Tap, 'id' | 'pageId' | 'participant'>, on: Transformable) => {
    const id = newPageId()
    taps.set(id, { id, ...peer, ...tap })
    on.transform = new RTCRtpScriptTransform(worker, { tap: id } satisfies TransformOptions)
    plan()
    return id
  }
  const forget = ({ pageId }: TappedPeer): void => {
    for (const tap of [...taps.values()]) {
      if (tap.pageId !== pageId) continue
      taps.delete(tap.id)
      senders.delete(tap.id)
      said.delete(tap.id)
      post({ type: 'gone', tap: tap.id })
    }
  }
  const tap: FrameTap = {
    opened: forget,
    sends(peer, sender, slot) {
      senders.set(add(peer, { side: 'local', kind: slot, streamId: '' }, sender), sender)
    },
    receives(peer, receiver, streamId) {
      const kind = receiver.track.kind === 'audio' ? 'audio' : 'video'
      add(peer, { side: 'remote', kind, streamId }, receiver)
    },
    closed: forget,
  }

  return {
    on: events.on,
    view: () => view,
    tap: givesFrames ? tap : undefined,
    update(next) {
      facts = next
      plan()
      for (const fact of mutesOf(next.peers, next.own))
        tell(`mute ${fact.participant} ${fact.kind}`, { type: 'muted', ...fact })
      tell('pause', { type: 'pause', paused: next.paused })
      tell('hold', { type: 'hold', hold: next.recording === 'unrecorded' })
      streams?.update(next)
    },
    stop() {
      stopping ??= new Promise<void>((resolve) => {
        onStopped = resolve
        window.setTimeout(resolve, stopWithinMilliseconds)
        void (streams?.stop() ?? Promise.resolve()).then(() => post({ type: 'stop' }))
      })
      return stopping
    },
  }
}

async function askKeyFrame(sender: RTCRtpSender | undefined): Promise<void> {
  if (!sender?.track) return
  try {
    // The very object: asked for twice, the browser takes neither
    const parameters = sender.getParameters()
    const encodingOptions = parameters.encodings.map(() => ({ keyFrame: true }))
    await sender.setParameters.call(sender, parameters, { encodingOptions })
  } catch {
    // Not connected yet: asked again in a moment
  }
}

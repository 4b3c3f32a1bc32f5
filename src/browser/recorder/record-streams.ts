import { newPageId } from '../call/page-id'
import type { CallFacts } from './tap-plan'
import type { TapLabel, ToWorker } from './worker-messages'

const sliceMilliseconds = 1000
const mimeType = 'video/webm;codecs=vp8,opus'

interface StreamRecorder {
  id: string
  recorder: MediaRecorder
  /** Resolves when its last slice has been handed on. */
  stopped: Promise<void>
}

/** Where the browser gives no frames: a recorder of the browser's for each stream, in slices of a second. */
export interface StreamRecorders {
  update(facts: CallFacts): void
  /** New files from now on. */
  beginAnew(): void
  stop(): Promise<void>
}

export function createStreamRecorders(
  post: (message: ToWorker, transfer?: Transferable[]) => void,
): StreamRecorders {
  const running = new Map<string, StreamRecorder>()
  let ended = false
  let last: CallFacts | null = null

  const begin = (label: TapLabel, tracks: MediaStreamTrack[]): StreamRecorder => {
    const id = newPageId()
    const recorder = new MediaRecorder(new MediaStream(tracks), { mimeType })
    let first = true
    let slices = Promise.resolve()
    post({ type: 'plan', tap: id, label, plan: { take: true, expected: true } })
    recorder.ondataavailable = ({ data }) => {
      slices = slices.then(async () => {
        const bytes = await data.arrayBuffer()
        if (bytes.byteLength > 0) post({ type: 'slice', tap: id, first, bytes }, [bytes])
        first = false
      })
    }
    const stopped = new Promise<void>((resolve) => {
      recorder.onstop = () => void slices.then(resolve)
    }).then(() => post({ type: 'gone', tap: id }))
    recorder.start(sliceMilliseconds)
    return { id, recorder, stopped }
  }

  const finish = async (key: string, { recorder, stopped }: StreamRecorder): Promise<void> => {
    running.delete(key)
    if (recorder.state !== 'inactive') recorder.stop()
    await stopped
  }

  const recorders: StreamRecorders = {
    update(facts) {
      if (ended) return
      last = facts
      const { peers, own, recording, paused } = facts
      const wanted = new Map<string, { label: TapLabel; tracks: MediaStreamTrack[] }>()
      const want = (label: TapLabel, all: readonly (MediaStreamTrack | null)[]): void => {
        const tracks = all.filter((track) => track?.readyState === 'live') as MediaStreamTrack[]
        // Another track is another file: a recorder stops when its tracks change
        const key = [label.participant, label.kind, ...tracks.map(({ id }) => id)].join(' ')
        if (tracks.length > 0) wanted.set(key, { label, tracks })
      }
      // What is not to be recorded is not even encoded
      if (!paused && recording !== 'unrecorded') {
        want({ participant: 'officer', kind: 'video', side: 'local', webm: true }, [own.audio, own.video])
        want({ participant: 'officer', kind: 'screen', side: 'local', webm: true }, [own.screen])
        for (const { participant, stream, screen } of peers) {
          want({ participant, kind: 'video', side: 'remote', webm: true }, stream?.getTracks() ?? [])
          want({ participant, kind: 'screen', side: 'remote', webm: true }, screen?.getTracks() ?? [])
        }
      }
      for (const [key, one] of [...running])
        if (!wanted.has(key) || one.recorder.state === 'inactive') void finish(key, one)
      for (const [key, { label, tracks }] of wanted)
        if (!running.has(key)) running.set(key, begin(label, tracks))
    },
    beginAnew() {
      for (const [key, one] of [...running]) void finish(key, one)
      if (last) recorders.update(last)
    },
    async stop() {
      ended = true
      await Promise.all([...running].map(([key, one]) => finish(key, one)))
    },
  }
  return recorders
}

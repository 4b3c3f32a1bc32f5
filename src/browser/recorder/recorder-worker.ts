import { createLastingRecording } from './lasting-recording'
import type { Recording } from './recording'
import { sendLeftOvers } from './send-left-overs'
import { frameFacts, type EncodedFrame } from './frame-facts'
import type { FromWorker, ToWorker, TransformOptions } from './worker-messages'

/** What is used of the worker's own surroundings and of a transform; the types of the language lack them. */
interface WorkerScope {
  onmessage: ((event: { data: ToWorker }) => void) | null
  onrtctransform: ((event: { transformer: Transformer }) => void) | null
  postMessage(message: FromWorker): void
}
interface Transformer {
  readonly options: TransformOptions
  readonly readable: ReadableStream<EncodedFrame>
  readonly writable: WritableStream<EncodedFrame>
  sendKeyFrameRequest?: () => Promise<unknown>
}

const scope = self as unknown as WorkerScope
const transformers = new Map<string, Transformer>()
let recording: Pick<Recording, 'frame' | 'handle' | 'stop'> | null = null

scope.onrtctransform = ({ transformer }) => {
  const { tap } = transformer.options
  transformers.set(tap, transformer)
  void passOn(transformer, (frame) => {
    try {
      recording?.frame(tap, frameFacts(frame), () => new Uint8Array(frame.data.slice(0)))
    } catch {
      // The call goes on, whatever the recording lacks; that it lacks something is noticed by its watch
    }
  })
}

/** By hand: the two pipes of a `TransformStream` would cost more than the copy does. */
async function passOn({ readable, writable }: Transformer, copy: (frame: EncodedFrame) => void) {
  const reader = readable.getReader()
  const writer = writable.getWriter()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      copy(value)
      writer.write(value).catch(() => undefined)
    }
  } catch {
    // Ends with its connection
  }
}

/** Remote pictures are asked for here, own ones by the page, which has the sender. */
function askKeyFrame(tap: string): void {
  const transformer = transformers.get(tap)
  // Refused for a sender, and for a connection that is over
  const asked = transformer?.sendKeyFrameRequest?.() ?? Promise.reject(new Error('Not here'))
  asked.catch(() => scope.postMessage({ type: 'keyFrame', tap }))
}

scope.onmessage = ({ data: message }) => {
  switch (message.type) {
    case 'record':
      recording ??= createLastingRecording(message, {
        askKeyFrame,
        onView: (view) => scope.postMessage({ type: 'view', view }),
      })
      return
    case 'leftOvers':
      void sendLeftOvers(message, (leftOvers) => scope.postMessage({ type: 'leftOvers', leftOvers }))
      return
    case 'gone':
      transformers.delete(message.tap)
      recording?.handle(message)
      return
    case 'stop':
      void (recording?.stop() ?? Promise.resolve()).then(() => scope.postMessage({ type: 'stopped' }))
      return
    default:
      recording?.handle(message)
  }
}

import type { FromWorker, LeftOvers, ToWorker } from './worker-messages'

interface LeftOverOptions {
  /** Of the worker's script. */
  worker: string
  /** Of a journal's socket, with `{id}`. */
  address: string
  /** The visit of this page, if it is one's page. */
  notVisit: string | null
  onChange: (leftOvers: LeftOvers) => void
}

/** Sends what earlier pages of this computer could not; returns the way to stop. */
export function sendLeftOverRecordings(options: LeftOverOptions): () => void {
  const worker = new Worker(options.worker)
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (data.type === 'leftOvers') options.onChange(data.leftOvers)
  }
  const { address, notVisit } = options
  worker.postMessage({ type: 'leftOvers', address, notVisit } satisfies ToWorker)
  return () => worker.terminate()
}

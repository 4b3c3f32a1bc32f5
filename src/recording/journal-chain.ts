import { type Batch, batchWindow, hashBytes } from '../contract/journal'
import type { BatchRefusal } from '../contract/recording'

export type ReadBatch = Batch & { hash: Uint8Array }

export interface ReceivedBatch {
  batch: ReadBatch
  bytes: Uint8Array
}

/** What is to be done with a batch that came. */
export type Acceptance =
  /** These follow each other and what was taken before: to be made durable in this order. May be none yet. */
  | { taken: readonly ReceivedBatch[] }
  /** The same batch was taken before: it is acknowledged again and nothing changes. */
  | { repeated: true }
  | { refused: BatchRefusal }

/** How many hashes of taken batches are remembered, to tell a repeated batch from a different one. */
const remembered = 1024
/** What came too early never takes more memory than this. */
const mostAheadBytes = 8 * 1024 * 1024

export const noHash = new Uint8Array(hashBytes)

/**
 * Puts the batches of a session in order, each taken once. They may come in any order within a window and again at
 * any time; the chain of hashes must hold.
 */
export function createJournalChain(start: { number: number; hash: Uint8Array }) {
  let { number: last, hash: head } = start
  const hashes = new Map<number, string>([[last, text(head)]])
  const ahead = new Map<number, ReceivedBatch>()
  let aheadBytes = 0

  const forget = (number: number) => {
    aheadBytes -= ahead.get(number)?.bytes.length ?? 0
    ahead.delete(number)
  }

  const take = (received: ReceivedBatch) => {
    last = received.batch.number
    // A copy: the batch's own bytes are let go once they are durable
    head = Uint8Array.from(received.batch.hash)
    hashes.set(last, text(head))
    hashes.delete(last - remembered)
    forget(last)
  }

  return {
    /** Number of the last batch that was taken. */
    last: () => last,
    accept(received: ReceivedBatch): Acceptance {
      const { number, hash, before } = received.batch
      if (number <= last) {
        const known = hashes.get(number)
        if (known === undefined) return { refused: 'out_of_range' }
        return known === text(hash) ? { repeated: true } : { refused: 'different' }
      }
      if (number > last + batchWindow) return { refused: 'out_of_range' }
      const waiting = ahead.get(number)
      if (waiting) return text(waiting.batch.hash) === text(hash) ? { taken: [] } : { refused: 'different' }
      if (number > last + 1) {
        if (aheadBytes + received.bytes.length > mostAheadBytes) return { refused: 'busy' }
        ahead.set(number, received)
        aheadBytes += received.bytes.length
        return { taken: [] }
      }
      if (text(before) !== text(head)) return { refused: 'broken_chain' }
      const taken: ReceivedBatch[] = []
      for (let next: ReceivedBatch | undefined = received; next; next = ahead.get(last + 1)) {
        if (text(next.batch.before) !== text(head)) {
          forget(next.batch.number)
          break
        }
        take(next)
        taken.push(next)
      }
      return { taken }
    },
  }
}

const text = (hash: Uint8Array): string => Buffer.from(hash).toString('base64')

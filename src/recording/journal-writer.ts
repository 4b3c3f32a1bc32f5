import { setTimeout as wait } from 'node:timers/promises'
import type { AppendLog } from '../platform/object-store'
import type { Logger } from '../platform/logger'

export interface SealedBatch {
  number: number
  hash: Uint8Array
  /** Sealed, to be written one after the other. */
  pieces: readonly Uint8Array[]
}

export interface Durable {
  number: number
  hash: Uint8Array
  /** Bytes of the part. */
  length: number
}

export interface JournalWriter {
  /** @returns false when too much waits for the store already: the batch is not taken */
  add(batches: readonly SealedBatch[]): boolean
  /** Whether it would take more. */
  hasRoom(): boolean
  durable(): Durable
  /** Ends after the append that runs; what waits is dropped, since it was never acknowledged. */
  close(): Promise<void>
}

/** More than this never waits for the store in memory; the page keeps the rest. */
const mostWaitingBytes = 4 * 1024 * 1024
const firstRetryMilliseconds = 250
const longestRetryMilliseconds = 4000

/**
 * Appends batches to their log, one append at a time: whatever comes while one runs goes with the next, so that a
 * slow store gets fewer and larger ones. A failed append is tried again for ever; nothing is told to be durable
 * before it is.
 */
export function createJournalWriter(
  log: AppendLog,
  start: { number: number; hash: Uint8Array },
  { onDurable, logger }: { onDurable: (durable: Durable) => void; logger: Logger },
): JournalWriter {
  let waiting: SealedBatch[] = []
  let waitingBytes = 0
  let running: Promise<void> | undefined
  const closing = new AbortController()
  let durable: Durable = { number: start.number, hash: start.hash, length: 0 }

  const append = async (bytes: readonly Uint8Array[]): Promise<boolean> => {
    for (let delay = firstRetryMilliseconds; ; delay = Math.min(delay * 2, longestRetryMilliseconds)) {
      try {
        await log.append(bytes)
        return true
      } catch (error) {
        if (delay === firstRetryMilliseconds)
          logger.error(
            { message: messageOf(error) },
            'the store of recordings does not take what it is given',
          )
        const gaveUp = await wait(delay, false, { signal: closing.signal }).catch(() => true)
        if (gaveUp) return false
      }
    }
  }

  const run = async (): Promise<void> => {
    while (waiting.length > 0 && !closing.signal.aborted) {
      const batches = waiting
      const bytes = batches.flatMap(({ pieces }) => pieces)
      waiting = []
      if (!(await append(bytes))) return
      waitingBytes -= lengthOf(bytes)
      const last = batches[batches.length - 1]
      if (last) durable = { number: last.number, hash: last.hash, length: log.length }
      onDurable(durable)
    }
  }

  const hasRoom = (): boolean => waitingBytes < mostWaitingBytes

  return {
    add(batches) {
      if (!hasRoom() || closing.signal.aborted) return false
      waiting.push(...batches)
      waitingBytes += lengthOf(batches.flatMap(({ pieces }) => pieces))
      running ??= run().finally(() => {
        running = undefined
      })
      return true
    },
    hasRoom,
    durable: () => durable,
    async close() {
      closing.abort()
      await running
      await log.close()
    },
  }
}

const lengthOf = (pieces: readonly Uint8Array[]): number =>
  pieces.reduce((sum, { length }) => sum + length, 0)

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

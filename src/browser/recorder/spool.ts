import type { BuiltBatch } from './batch-builder'
import { sealForSpool, spoolCipher, type SpoolFile } from './spool-format'

/** What waits for its acknowledgement for longer than usual, on this computer's disk too. */
export interface Spool {
  /** Keeps the batch. Nearly always it is durable at the server a moment later: then the disk never sees it. */
  keep(batch: BuiltBatch): void
  /** Writes whatever waits, without giving it more time: the page may be gone in a moment. */
  flush(): void
  /** The key that the server hands over; nothing is written before. */
  unlock(base64Key: string): void
  acked(have: number): void
  /** Resolves once all that was to be written is on the disk; at once while there is no key to write it with. */
  settled(): Promise<void>
}

/** An acknowledgement takes 30 ms as a rule; what has none after this time is written. */
const writtenAfterMilliseconds = 400

/** `onFailure`: the disk takes nothing more; what waits is in memory alone. */
export function createSpool(file: Promise<SpoolFile | null>, session: string, onFailure: () => void): Spool {
  let have = 0
  let written = 0
  let end = 0
  let failed = false
  /** Not on the disk, oldest first. */
  let waiting: BuiltBatch[] = []
  let hasKey = false
  let unlock: (key: string) => void = () => undefined
  const key = new Promise<string>((resolve) => {
    unlock = resolve
  }).then(spoolCipher)
  let steps: Promise<void> = Promise.resolve()
  const step = (run: (open: SpoolFile) => Promise<void> | void): void => {
    steps = steps.then(async () => {
      if (failed) return
      try {
        const open = await file
        if (open) await run(open)
        else failed = true
      } catch {
        failed = true
      }
      if (failed) onFailure()
    })
  }
  const flush = (): void => {
    if (waiting.length === 0) return
    const batches = waiting
    waiting = []
    written = batches[batches.length - 1]?.number ?? written
    step(async (open) => {
      const cipher = await key
      const before = end
      for (const batch of batches) {
        if (batch.number <= have) continue
        const piece = await sealForSpool(cipher, session, batch)
        open.write(piece, { at: end })
        end += piece.length
      }
      if (end > before) open.flush()
    })
  }
  return {
    keep(batch) {
      if (batch.number <= have) return
      waiting.push(batch)
      const [oldest = batch] = waiting
      // Once something had to be written, what follows it does not wait
      if (written > have || batch.builtAt - oldest.builtAt >= writtenAfterMilliseconds) flush()
    },
    flush,
    unlock(base64Key) {
      hasKey = true
      unlock(base64Key)
    },
    acked(upTo) {
      have = upTo
      waiting = waiting.filter(({ number }) => number > have)
      if (written === 0 || written > have) return
      // What is durable need not lie here as well
      step((open) => {
        if (end === 0 || written > have) return
        open.truncate(0)
        end = 0
      })
      written = 0
    },
    settled: () => (hasKey ? steps : Promise.resolve()),
  }
}

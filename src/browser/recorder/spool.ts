import type { BuiltBatch } from './batch-builder'
import { sealForSpool, spoolCipher, type SpoolFile } from './spool-format'

/** What waits for its acknowledgement, on this computer's disk too. */
export interface Spool {
  /** Seals and keeps the batch, unless it is durable at the server by then. */
  keep(batch: BuiltBatch): void
  /** The key that the server hands over; nothing is written before. */
  unlock(base64Key: string): void
  acked(have: number): void
  /** Nothing is left to be kept: resolves when the file is closed. */
  close(): Promise<void>
}

/** `onFailure`: the disk takes nothing more; what waits is in memory alone. */
export function createSpool(file: Promise<SpoolFile | null>, session: string, onFailure: () => void): Spool {
  let have = 0
  let written = 0
  let end = 0
  let failed = false
  let unlock: (key: string) => void = () => undefined
  const key = new Promise<string>((resolve) => {
    unlock = resolve
  }).then(spoolCipher)
  let steps: Promise<unknown> = Promise.resolve()
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
  return {
    keep(batch) {
      step(async (open) => {
        const cipher = await key
        if (batch.number <= have) return
        const piece = await sealForSpool(cipher, session, batch)
        open.write(piece, { at: end })
        open.flush()
        end += piece.length
        written = batch.number
      })
    },
    unlock: (base64Key) => unlock(base64Key),
    acked(upTo) {
      have = upTo
      // Emptied whenever nothing waits, which is nearly always: what is durable need not lie here as well
      step((open) => {
        if (end === 0 || written > have) return
        open.truncate(0)
        end = 0
      })
    },
    async close() {
      await Promise.race([steps, key.then(() => steps)])
      const open = await file
      open?.close()
    },
  }
}

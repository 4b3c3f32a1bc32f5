import type { Logger } from '../platform/logger'
import type { Outcome } from './outgoing-store'

/** Collects outcomes and writes them in batches: whatever gathers while one batch is being written is the next. */
interface OutcomeRecorder {
  add(outcome: Outcome): void
  /** Resolves when everything added so far is written, or writing failed and waits for the next call. */
  flush(): Promise<void>
  /** How many wait to be written. */
  readonly pending: number
}

/** An outcome that cannot be written (database gone) is kept and tried again with the next one or flush. */
export function createOutcomeRecorder(
  write: (outcomes: readonly Outcome[]) => Promise<void>,
  log: Logger,
): OutcomeRecorder {
  let waiting: Outcome[] = []
  let writing: Promise<void> | undefined

  const writeAll = async () => {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        await write(batch)
      } catch (error) {
        waiting = [...batch, ...waiting]
        const reason = error instanceof Error ? error.message : 'unknown'
        log.warn({ error: reason, outcomes: waiting.length }, 'outcomes of messages not written yet')
        return
      }
    }
  }

  const flush = () => {
    writing ??= writeAll().finally(() => {
      writing = undefined
    })
    return writing
  }

  return {
    add: (outcome) => {
      waiting.push(outcome)
      // Gathers what else ends in this turn of the event loop
      if (!writing) setImmediate(() => void flush())
    },
    flush,
    get pending() {
      return waiting.length
    },
  }
}

import type { JournalBatch } from './read-journal'

/** A session's journal, and when its first record came: it is opened no sooner. */
export interface JournalSource {
  sessionId: string
  from: number
  read(): AsyncIterable<JournalBatch, undefined>
}

export interface MergedBatch {
  sessionId: string
  batch: JournalBatch
  /** Nothing from before comes after this batch. */
  at: number
}

/** Batches of several sessions in the order of time; one batch of each is held. */
export async function* mergeJournals(sources: readonly JournalSource[]): AsyncGenerator<MergedBatch> {
  const waiting = [...sources].sort((a, b) => a.from - b.from)
  const open: {
    sessionId: string
    batches: AsyncIterator<JournalBatch, undefined>
    next: JournalBatch
    at: number
  }[] = []
  const advance = async (
    sessionId: string,
    batches: AsyncIterator<JournalBatch, undefined>,
    before: number,
  ) => {
    const { value, done } = await batches.next()
    if (done !== true) open.push({ sessionId, batches, next: value, at: Math.max(before, startOf(value)) })
  }
  try {
    for (;;) {
      open.sort((a, b) => a.at - b.at)
      const [earliest] = open
      const [unopened] = waiting
      if (unopened && (!earliest || unopened.from <= earliest.at)) {
        waiting.shift()
        await advance(unopened.sessionId, unopened.read()[Symbol.asyncIterator](), -Infinity)
        continue
      }
      if (!earliest) return
      yield { sessionId: earliest.sessionId, batch: earliest.next, at: earliest.at }
      open.shift()
      await advance(earliest.sessionId, earliest.batches, earliest.at)
    }
  } finally {
    // Given up half-way: each journal holds a file of the store open
    for (const { batches } of open) await batches.return?.()
  }
}

const startOf = ({ records, builtAt }: JournalBatch): number =>
  records.reduce((least, { at }) => Math.min(least, at), builtAt)

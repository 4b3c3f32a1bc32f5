import type { JournalBatch } from './read-journal'

/** A session's journal, and when its first record came: it is opened no sooner. */
export interface JournalSource {
  sessionId: string
  from: number
  read(): AsyncIterable<JournalBatch>
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
  const open: { sessionId: string; batches: AsyncIterator<JournalBatch>; next: JournalBatch; at: number }[] =
    []
  const advance = async (sessionId: string, batches: AsyncIterator<JournalBatch>, before: number) => {
    const { value, done } = await batches.next()
    if (done !== true) open.push({ sessionId, batches, next: value, at: Math.max(before, startOf(value)) })
  }
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
    open.shift()
    yield { sessionId: earliest.sessionId, batch: earliest.next, at: earliest.at }
    await advance(earliest.sessionId, earliest.batches, earliest.at)
  }
}

const startOf = ({ records, builtAt }: JournalBatch): number =>
  records.reduce((least, { at }) => Math.min(least, at), builtAt)

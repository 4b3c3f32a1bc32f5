import { encodeBatch, hashBytes, type JournalRecord, recordHeaderBytes } from '../../contract/journal'

export interface BuiltBatch {
  number: number
  /** With its closing hash. */
  bytes: Uint8Array<ArrayBuffer>
  builtAt: number
}

export interface BatchBuilder {
  add(record: JournalRecord): void
  /** Bytes that wait for the next batch. */
  size(): number
  /** Records that no batch was handed out for yet. */
  unbuilt(): readonly JournalRecord[]
  /** Closes the batch, also an empty one: that the recorder lives is told by nothing else. */
  close(builtAt: number): Promise<BuiltBatch>
}

type Digest = (bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>

/** Numbers batches from 1 and hangs each on the hash of the one before, in the order in which they were closed. */
export function createBatchBuilder(sessionId: Uint8Array, digest: Digest): BatchBuilder {
  let records: JournalRecord[] = []
  let size = 0
  let number = 0
  let beingBuilt: (readonly JournalRecord[])[] = []
  let before: Promise<Uint8Array> = Promise.resolve(new Uint8Array(hashBytes))
  return {
    add(record) {
      records.push(record)
      size += recordHeaderBytes + (record.kind === 'frame' ? record.payload.length : 0)
    },
    size: () => size,
    unbuilt: () => [...beingBuilt.flat(), ...records],
    close(builtAt) {
      const batch = { sessionId, number: ++number, builtAt, records }
      beingBuilt.push(batch.records)
      records = []
      size = 0
      const built = before.then(async (hash) => {
        const content = encodeBatch({ ...batch, before: hash })
        const own = new Uint8Array(await digest(content))
        const bytes = new Uint8Array(content.length + own.length)
        bytes.set(content)
        bytes.set(own, content.length)
        return { number: batch.number, bytes, builtAt, own }
      })
      before = built.then(({ own }) => own)
      return built.then(({ bytes }) => {
        beingBuilt = beingBuilt.filter((one) => one !== batch.records)
        return { number: batch.number, bytes, builtAt }
      })
    },
  }
}

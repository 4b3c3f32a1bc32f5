import { type Batch, decodeBatch, largestBatchBytes } from '../contract/journal'
import type { ObjectStore } from '../platform/object-store'
import { lengthBytes, unsealPiece } from './journal-piece'
import { type RecordingKey, sealBytes } from './recording-key'

/** Where reading a part starts: at its beginning, or where it was known to be durable. */
export interface PartPlace {
  visitId: string
  sessionId: string
  name: string
  /** Number of the first batch that is read. */
  number: number
  /** Byte at which it starts. */
  offset: number
}

export interface ReadBatch {
  batch: Batch & { hash: Uint8Array }
  /** Byte after the batch's piece. */
  end: number
}

/** Pieces of a part of which one was changed, or lies where none can be. */
export class PartDamaged extends Error {
  override name = 'PartDamaged'
}

/**
 * The batches of a part, one at a time. Ends quietly at a last piece that is cut off, for that was never
 * acknowledged: whoever knows how long the part must be compares `end`.
 * @throws PartDamaged when a piece was changed
 */
export async function* readPart(
  store: ObjectStore,
  key: RecordingKey,
  { sessionId, name, number: first, offset }: PartPlace,
): AsyncGenerator<ReadBatch> {
  let pending: Buffer = Buffer.alloc(0)
  let at = offset
  let number = first
  for await (const bytes of store.read(name, offset)) {
    pending = pending.length === 0 ? Buffer.from(bytes) : Buffer.concat([pending, bytes])
    for (;;) {
      if (pending.length < lengthBytes) break
      const length = pending.readUInt32BE(0)
      if (length > largestBatchBytes + sealBytes) throw new PartDamaged(`${name}: a piece of ${length} bytes`)
      if (pending.length < lengthBytes + length) break
      const batch = open(key, sessionId, number, pending.subarray(lengthBytes, lengthBytes + length), name)
      at += lengthBytes + length
      yield { batch, end: at }
      pending = pending.subarray(lengthBytes + length)
      number++
    }
  }
}

function open(key: RecordingKey, sessionId: string, number: number, sealed: Buffer, name: string) {
  try {
    return decodeBatch(unsealPiece(key, sessionId, number, sealed))
  } catch (error) {
    throw new PartDamaged(
      `${name}: batch ${number}: ${error instanceof Error ? error.message : 'unreadable'}`,
    )
  }
}

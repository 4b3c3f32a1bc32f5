import type { ObjectStore } from '../platform/object-store'
import { noHash } from './journal-chain'
import { readPart } from './read-part'
import type { RecordingKey } from './recording-key'
import type { PartRow } from './recording-store'
import { partName } from './store-names'

/**
 * How far a session is durable: what was noted of its parts, and what lies in the store beyond that since a process
 * was killed before it could note it.
 */
export async function durableEnd(
  store: ObjectStore,
  key: RecordingKey,
  session: { visitId: string; id: string; parts: readonly PartRow[] },
): Promise<{ number: number; hash: Uint8Array }> {
  let end: { number: number; hash: Uint8Array } = { number: 0, hash: noHash }
  for (const part of session.parts) {
    if (part.batch > end.number) end = { number: part.batch, hash: part.hash }
    const name = partName(session.visitId, session.id, part.number)
    // Its process was killed before anything was written
    if ((await store.lengthOf(name)) === undefined) continue
    const place = {
      visitId: session.visitId,
      sessionId: session.id,
      name,
      number: part.batch + 1,
      offset: part.length,
    }
    for await (const { batch } of readPart(store, key, place))
      if (batch.number > end.number) end = { number: batch.number, hash: Uint8Array.from(batch.hash) }
  }
  return end
}

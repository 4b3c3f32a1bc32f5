import { createHash } from 'node:crypto'
import { hashBytes, sessionBytes } from '../contract/journal'
import type { ObjectStore } from '../platform/object-store'
import { PartDamaged, type ReadBatch, readPart } from './read-part'
import type { RecordingKey } from './recording-key'
import type { PartRow } from './recording-store'
import { partName } from './store-names'

export interface JournalSession {
  visitId: string
  sessionId: string
  /** In the order of their numbers. */
  parts: readonly PartRow[]
}

export const journalDamages = [
  /** A part, or the end of one, that the database knows of is not in the store. */
  'missing',
  /** A piece was changed or lies in the wrong place. */
  'changed',
  /** Two batches of one number differ. */
  'different',
  /** A batch does not follow the one before it. */
  'broken_chain',
  /** The batch that the database noted has another hash. */
  'not_as_noted',
] as const
export type JournalDamageKind = (typeof journalDamages)[number]

/** Bytes of a journal are not what was acknowledged. `batch` is the first number that cannot be vouched for. */
export class JournalDamaged extends Error {
  override name = 'JournalDamaged'
  readonly damage: JournalDamageKind
  readonly sessionId: string
  readonly batch: number
  constructor(damage: JournalDamageKind, sessionId: string, batch: number) {
    super(`Session ${sessionId}, batch ${batch}: ${damage}`)
    this.damage = damage
    this.sessionId = sessionId
    this.batch = batch
  }
}

export type JournalBatch = ReadBatch['batch']

/** How far a part may go back behind the end of the one before it. */
const remembered = 1024

/**
 * The batches of a session, each once, in order. With `onDamage` it goes on after damage with the next part and
 * tells what was found; without, it ends there.
 * @throws JournalDamaged
 */
export async function* readJournal(
  store: ObjectStore,
  key: RecordingKey,
  session: JournalSession,
  onDamage?: (damage: JournalDamaged) => void,
): AsyncGenerator<JournalBatch, undefined> {
  const chain: Chain = { number: 0, hash: Buffer.alloc(hashBytes), recent: new Map(), torn: false }
  for (const part of session.parts) {
    try {
      yield* readOnePart(store, key, session, part, chain)
    } catch (error) {
      if (!(error instanceof JournalDamaged) || !onDamage) throw error
      onDamage(error)
      chain.number = Math.max(chain.number, part.batch)
      chain.torn = true
    }
  }
  return undefined
}

interface Chain {
  /** The last batch that was read, and its hash. */
  number: number
  hash: Buffer
  /** Hashes by number, to know a repeated batch again. */
  recent: Map<number, Buffer>
  /** Something before is missing and was told: the next batch begins a chain of its own. */
  torn: boolean
}

async function* readOnePart(
  store: ObjectStore,
  key: RecordingKey,
  { visitId, sessionId }: JournalSession,
  part: PartRow,
  chain: Chain,
): AsyncGenerator<JournalBatch> {
  const name = partName(visitId, sessionId, part.number)
  const damaged = (damage: JournalDamageKind, batch: number) => new JournalDamaged(damage, sessionId, batch)
  const stored = (await store.lengthOf(name)) ?? 0
  if (stored === 0) {
    if (part.length > 0) throw damaged('missing', chain.number + 1)
    return
  }
  let end = 0
  let noted = part.length === 0
  try {
    for await (const read of readPart(store, key, {
      visitId,
      sessionId,
      name,
      number: part.first,
      offset: 0,
    })) {
      const { batch } = read
      end = read.end
      if (!isOfSession(batch, sessionId) || !hasItsHash(batch)) throw damaged('changed', batch.number)
      if (batch.number === part.batch) {
        if (!part.hash.equals(batch.hash) || (part.length > 0 && part.length !== read.end))
          throw damaged('not_as_noted', batch.number)
        noted = true
      }
      if (batch.number <= chain.number) {
        const known = chain.recent.get(batch.number)
        if (known && !known.equals(batch.hash)) throw damaged('different', batch.number)
        continue
      }
      if (!chain.torn && !chain.hash.equals(batch.before)) throw damaged('broken_chain', batch.number)
      if (!chain.torn && batch.number !== chain.number + 1) throw damaged('missing', chain.number + 1)
      follow(chain, batch)
      yield batch
    }
  } catch (error) {
    if (error instanceof PartDamaged) throw damaged('changed', chain.number + 1)
    throw error
  }
  if (end < part.length || !noted) throw damaged('missing', chain.number + 1)
}

function follow(chain: Chain, batch: JournalBatch): void {
  chain.torn = false
  chain.number = batch.number
  chain.hash = Buffer.from(batch.hash)
  chain.recent.set(batch.number, chain.hash)
  chain.recent.delete(batch.number - remembered)
}

const isOfSession = (batch: JournalBatch, sessionId: string): boolean =>
  Buffer.from(batch.sessionId).equals(sessionBytes(sessionId))

/** The hash is computed over the very bytes the batch lies in: everything before the hash. */
function hasItsHash(batch: JournalBatch): boolean {
  const { buffer, byteOffset } = batch.sessionId
  const start = byteOffset - 4
  const bytes = new Uint8Array(buffer, start, batch.hash.byteOffset - start)
  return createHash('sha256').update(bytes).digest().equals(batch.hash)
}

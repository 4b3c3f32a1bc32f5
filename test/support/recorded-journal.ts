import type { Batch, FrameRecord, JournalRecord, TrackRecord } from '../../src/contract/journal'
import { openRecordingKey } from '../../src/recording/recording-key'
import { readPart } from '../../src/recording/read-part'
import { partName } from '../../src/recording/store-names'
import type { Db } from '../../src/platform/db'
import type { Keys } from '../../src/platform/keys'
import type { ObjectStore } from '../../src/platform/object-store'

export interface RecordedSession {
  id: string
  closed: boolean
  batches: Batch[]
  records: JournalRecord[]
}

/** Everything that was acknowledged of a visit's recording, session by session in the order of their beginning. */
export async function recordedSessions(
  { db, keys, store }: { db: Db; keys: Keys; store: ObjectStore },
  visitId: string,
): Promise<RecordedSession[]> {
  const recording = await db
    .selectFrom('recording')
    .where('visit_id', '=', visitId)
    .select('wrapped_key')
    .executeTakeFirst()
  if (!recording?.wrapped_key) return []
  const key = openRecordingKey(keys, visitId, recording.wrapped_key)
  const sessions = await db
    .selectFrom('recording_session')
    .where('visit_id', '=', visitId)
    .orderBy('place')
    .selectAll()
    .execute()
  const parts = await db
    .selectFrom('recording_part')
    .where('session_id', 'in', [...sessions.map(({ id }) => id), visitId])
    .orderBy('number')
    .select(['session_id', 'number', 'first_batch'])
    .execute()
  const read = sessions.map(async (session): Promise<RecordedSession> => {
    const batches: Batch[] = []
    for (const part of parts.filter(({ session_id }) => session_id === session.id)) {
      const name = partName(visitId, session.id, part.number)
      if ((await store.lengthOf(name)) === undefined) continue
      const place = { visitId, sessionId: session.id, name, number: part.first_batch, offset: 0 }
      for await (const { batch } of readPart(store, key, place))
        if (batch.number > (batches.at(-1)?.number ?? 0)) batches.push(batch)
    }
    const records = batches.flatMap((batch) => batch.records)
    return { id: session.id, closed: session.closed_at !== null, batches, records }
  })
  return Promise.all(read)
}

/** 'client video' -> how many frames of it there are. */
export function framesByTrack(records: readonly JournalRecord[]): Record<string, number> {
  const names = new Map<number, string>()
  const counts: Record<string, number> = {}
  for (const record of records) {
    if (record.kind === 'track') names.set(record.track, nameOf(record.description))
    if (record.kind !== 'frame') continue
    const name = names.get(record.track) ?? 'unknown'
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

const nameOf = ({ participant, kind }: TrackRecord['description']) => `${participant} ${kind}`

/** Frames of each track name, 'client video', in the order in which they were recorded. */
export function framesOf(records: readonly JournalRecord[]): Map<string, FrameRecord[]> {
  const names = new Map<number, string>()
  const frames = new Map<string, FrameRecord[]>()
  for (const record of records) {
    if (record.kind === 'track') names.set(record.track, nameOf(record.description))
    if (record.kind !== 'frame') continue
    const name = names.get(record.track) ?? 'unknown'
    const known = frames.get(name)
    if (known) known.push(record)
    else frames.set(name, [record])
  }
  return frames
}

/** How many frames of a track are missing between its first and its last, by their numbers. */
export function framesMissing(records: readonly JournalRecord[], wanted: string): number {
  const numbers = new Map<number, Set<number>>()
  for (const record of records) {
    if (record.kind === 'track' && nameOf(record.description) === wanted) numbers.set(record.track, new Set())
    if (record.kind === 'frame' && record.number !== null) numbers.get(record.track)?.add(record.number)
  }
  return [...numbers.values()].reduce((missing, seen) => {
    const all = [...seen]
    return seen.size === 0 ? missing : missing + Math.max(...all) - Math.min(...all) + 1 - seen.size
  }, 0)
}

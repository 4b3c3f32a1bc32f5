import { randomUUID } from 'node:crypto'
import type { JournalRecord } from '../../src/contract/journal'
import type { Db } from '../../src/platform/db'
import type { Keys } from '../../src/platform/keys'
import type { ObjectStore } from '../../src/platform/object-store'
import { makeRecordingKey, openRecordingKey, type RecordingKey } from '../../src/recording/recording-key'
import { makeBatches, type MadeBatch, storeJournal } from './journal-for-tests'
import { addVisits } from './sample-visits'

export interface RecordedVisit {
  visitId: string
  key: RecordingKey
}

interface Parts {
  db: Db
  store: ObjectStore
  keys: Keys
}

/** A visit that is over, with a recording that is still empty. */
export async function addRecordedVisit(
  { db, keys }: Parts,
  startedAt: Date,
  endedAt: Date,
): Promise<RecordedVisit> {
  const [visit] = await addVisits(db, keys, startedAt, [{ startsAt: startedAt, email: 'halina@example.pl' }])
  if (!visit) throw new Error('No visit was added')
  const { id: visitId } = visit
  await db
    .updateTable('visit')
    .set({ state: 'completed', started_at: startedAt, ended_at: endedAt, state_changed_at: endedAt })
    .where('id', '=', visitId)
    .execute()
  const { key, wrapped } = makeRecordingKey(keys, visitId)
  const { branch_id, topic_id } = await db
    .selectFrom('visit')
    .select(['branch_id', 'topic_id'])
    .where('id', '=', visitId)
    .executeTakeFirstOrThrow()
  await db
    .insertInto('recording')
    .values({
      visit_id: visitId,
      branch_id,
      topic_id,
      wrapped_key: wrapped,
      started_at: startedAt,
      keep_until: new Date(endedAt.getTime() + 90 * 86_400_000),
    })
    .execute()
  return { visitId, key }
}

/** A page load of the officer and its journal, durable and closed. */
export async function addSession(
  { db, store, keys }: Parts,
  visitId: string,
  records: Iterable<JournalRecord> | ((sessionId: string) => Iterable<MadeBatch>),
  options: { openedAt: Date; batchesPerPart?: number; closed?: boolean },
): Promise<string> {
  const { openedAt, batchesPerPart, closed = true } = options
  const sessionId = randomUUID()
  const staff = await db.selectFrom('staff').select('id').orderBy('id').executeTakeFirst()
  const row = await db
    .selectFrom('recording')
    .select('wrapped_key')
    .where('visit_id', '=', visitId)
    .executeTakeFirstOrThrow()
  const key = openRecordingKey(keys, visitId, row.wrapped_key ?? Buffer.alloc(0))
  const batches = typeof records === 'function' ? records(sessionId) : makeBatches(sessionId, records)
  const { parts } = await storeJournal(store, key, { visitId, sessionId }, batches, batchesPerPart)
  await db
    .insertInto('recording_session')
    .values({
      id: sessionId,
      visit_id: visitId,
      staff_id: staff?.id ?? 0,
      opened_at: openedAt,
      closed_at: closed ? openedAt : null,
    })
    .execute()
  await db
    .insertInto('recording_part')
    .values(parts.map((part) => ({ session_id: sessionId, opened_at: openedAt, ...part })))
    .execute()
  await db
    .updateTable('recording')
    .set((any) => ({ journal_version: any('journal_version', '+', 1), acked_at: openedAt }))
    .where('visit_id', '=', visitId)
    .execute()
  return sessionId
}

import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../platform/db'

export interface RecordingRow {
  visitId: string
  wrappedKey: Buffer | null
  state: string
}

export async function readRecording(db: DbOrTx, visitId: string): Promise<RecordingRow | undefined> {
  return db
    .selectFrom('recording')
    .select(['visit_id as visitId', 'wrapped_key as wrappedKey', 'state'])
    .where('visit_id', '=', visitId)
    .executeTakeFirst()
}

/** Of two officers' pages that begin at once one makes the recording; both go on with it. */
export async function insertRecording(
  tx: Tx,
  recording: {
    visitId: string
    branchId: number
    topicId: number
    wrappedKey: Buffer
    startedAt: Date
    keepUntil: Date
  },
): Promise<void> {
  await tx
    .insertInto('recording')
    .values({
      visit_id: recording.visitId,
      branch_id: recording.branchId,
      topic_id: recording.topicId,
      wrapped_key: recording.wrappedKey,
      started_at: recording.startedAt,
      keep_until: recording.keepUntil,
    })
    .onConflict((conflict) => conflict.column('visit_id').doNothing())
    .execute()
}

export interface SessionRow {
  visitId: string
  staffId: number
}

export async function readSession(db: DbOrTx, id: string): Promise<SessionRow | undefined> {
  return db
    .selectFrom('recording_session')
    .select(['visit_id as visitId', 'staff_id as staffId'])
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function insertSession(
  tx: Tx,
  session: { id: string; visitId: string; staffId: number; openedAt: Date },
): Promise<void> {
  await tx
    .insertInto('recording_session')
    .values({
      id: session.id,
      visit_id: session.visitId,
      staff_id: session.staffId,
      opened_at: session.openedAt,
    })
    .execute()
}

export async function countSessions(db: DbOrTx, visitId: string): Promise<number> {
  const { count } = await db
    .selectFrom('recording_session')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('visit_id', '=', visitId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export interface PartRow {
  number: number
  /** The batch of its first piece, if it has one. */
  first: number
  /** As noted last: the batch up to which it is durable, that batch's hash, and the part's length in bytes. */
  batch: number
  hash: Buffer
  length: number
}

/** The parts of a session, oldest first. */
export async function readParts(db: DbOrTx, sessionId: string): Promise<PartRow[]> {
  return db
    .selectFrom('recording_part')
    .select(['number', 'first_batch as first', 'batch', 'hash', 'length'])
    .where('session_id', '=', sessionId)
    .orderBy('number')
    .execute()
}

/**
 * A new part of the session, numbered after the others; the session is open again, and what is added makes the
 * recording due for finalising. The recording's row is locked, so that two sockets never get the same number.
 * @returns undefined when the recording was erased meanwhile
 */
export async function insertPart(
  tx: Tx,
  part: { sessionId: string; visitId: string; batch: number; hash: Uint8Array; openedAt: Date },
): Promise<number | undefined> {
  const { numUpdatedRows } = await tx
    .updateTable('recording')
    .set((eb) => ({
      journal_version: eb('journal_version', '+', 1),
      acked_at: eb.fn.coalesce('acked_at', eb.val(part.openedAt)),
    }))
    .where('visit_id', '=', part.visitId)
    .where('wrapped_key', 'is not', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return undefined
  await tx
    .updateTable('recording_session')
    .set({ closed_at: null })
    .where('id', '=', part.sessionId)
    .execute()
  const { rows } = await sql<{ number: number }>`
    insert into recording_part (session_id, number, opened_at, first_batch, batch, hash)
    select ${part.sessionId}, coalesce(max(number), 0) + 1, ${part.openedAt}, ${part.batch + 1}, ${part.batch},
      ${Buffer.from(part.hash)}
    from recording_part where session_id = ${part.sessionId}
    returning number`.execute(tx)
  return rows[0]?.number
}

export interface Checkpoint {
  visitId: string
  sessionId: string
  part: number
  batch: number
  hash: Uint8Array
  length: number
  /** When the last batch was acknowledged; null: that says nothing of whether the recording goes on. */
  ackedAt: Date | null
}

/** Notes how far parts are durable, all of a process at once. */
export async function noteDurable(tx: Tx, checkpoints: readonly Checkpoint[]): Promise<void> {
  const rows = JSON.stringify(
    checkpoints.map(({ visitId, sessionId, part, batch, hash, length, ackedAt }) => ({
      visit_id: visitId,
      session_id: sessionId,
      number: part,
      batch,
      hash: `\\x${Buffer.from(hash).toString('hex')}`,
      length,
      acked_at: ackedAt,
    })),
  )
  await sql`
    update recording_part part set batch = note.batch, hash = note.hash, length = note.length
    from jsonb_to_recordset(${rows}::jsonb)
      as note (session_id uuid, number int, batch bigint, hash bytea, length bigint)
    where part.session_id = note.session_id and part.number = note.number`.execute(tx)
  await sql`
    update recording set acked_at = coalesce(note.acked_at, recording.acked_at),
      journal_version = recording.journal_version + 1
    from (select visit_id, max(acked_at) as acked_at
      from jsonb_to_recordset(${rows}::jsonb) as row (visit_id uuid, acked_at timestamptz) group by visit_id) note
    where recording.visit_id = note.visit_id`.execute(tx)
}

export async function closeSession(tx: Tx, { id, now }: { id: string; now: Date }): Promise<void> {
  await tx.updateTable('recording_session').set({ closed_at: now }).where('id', '=', id).execute()
}

/** Nothing more comes of any page of the visit. */
export async function closeSessionsOf(
  tx: Tx,
  { visitId, now }: { visitId: string; now: Date },
): Promise<void> {
  await tx
    .updateTable('recording_session')
    .set({ closed_at: now })
    .where('visit_id', '=', visitId)
    .where('closed_at', 'is', null)
    .execute()
}

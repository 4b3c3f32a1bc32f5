import { sql } from 'kysely'
import type { Db, DbOrTx } from '../platform/db'
import type { JournalSession } from './read-journal'

/** A recording that this run makes the files of. */
export interface ClaimedRecording {
  visitId: string
  run: string
  /** Of the journals that are about to be read: what is added later makes it due again. */
  journalVersion: number
  wrappedKey: Buffer
  branchId: number
  topicId: number
  startedAt: Date
  attempts: number
  /** Its files are made and valid; only those of other runs are still in the store. */
  onlyLeftOvers: boolean
}

/** Without a sign of life for so long, another process takes a recording over. */
export const leaseSeconds = 120
/** A page that has sent nothing for so long has nothing to send, or no way to. */
const quietSeconds = 60

const before = (now: Date, seconds: number) => new Date(now.getTime() - seconds * 1000)
const leaseUntil = (now: Date) => new Date(now.getTime() + leaseSeconds * 1000)

/**
 * Takes the next recording whose visit is over and whose pages have sent all or fell silent. The claim is a lease in
 * the row, not a lock: no transaction stays open while files are made, and a killed process's lease runs out.
 */
export async function claimDue(db: Db, run: string, now: Date): Promise<ClaimedRecording | undefined> {
  const { rows } = await sql<{
    visit_id: string
    journal_version: number
    wrapped_key: Buffer
    branch_id: number
    topic_id: number
    started_at: Date
    finalise_attempts: number
    only_left_overs: boolean
  }>`
    update recording set finalising_run = ${run}, finalising_until = ${leaseUntil(now)}, left_overs = true,
      finalise_attempts = least(finalise_attempts + 1, 1000)
    where visit_id = (
      select r.visit_id from recording r join visit v on v.id = r.visit_id
      where r.state <> 'erased'
        and (r.finalised_version is distinct from r.journal_version or r.left_overs)
        and v.state not in ('booked', 'waiting', 'in_progress')
        and (r.finalise_after is null or r.finalise_after <= ${now})
        and (r.finalising_until is null or r.finalising_until <= ${now})
        and not exists (select from recording_session s where s.visit_id = r.visit_id and s.closed_at is null
          and greatest(s.opened_at, r.acked_at) > ${before(now, quietSeconds)})
      order by r.started_at limit 1 for update of r skip locked)
    returning visit_id, journal_version, wrapped_key, branch_id, topic_id, started_at, finalise_attempts,
      finalised_version is not distinct from journal_version as only_left_overs`.execute(db)
  const [row] = rows
  return (
    row && {
      visitId: row.visit_id,
      run,
      journalVersion: row.journal_version,
      wrappedKey: row.wrapped_key,
      branchId: row.branch_id,
      topicId: row.topic_id,
      startedAt: row.started_at,
      attempts: row.finalise_attempts,
      onlyLeftOvers: row.only_left_overs,
    }
  )
}

/** Says that the work goes on. False: another has taken it over, or the recording was erased. */
export async function extendLease(
  db: DbOrTx,
  { visitId, run }: Pick<ClaimedRecording, 'visitId' | 'run'>,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('recording')
    .set({ finalising_until: leaseUntil(now) })
    .where('visit_id', '=', visitId)
    .where('finalising_run', '=', run)
    .where('state', '<>', 'erased')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Runs that somebody is at work on: their temporary files are not to be touched. */
export async function runsAtWork(db: Db, now: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('recording')
    .select('finalising_run')
    .where('finalising_until', '>', now)
    .execute()
  return rows.flatMap(({ finalising_run: run }) => run ?? [])
}

export interface StoredSession extends JournalSession {
  staffId: number
  openedAt: Date
}

export async function readSessions(db: DbOrTx, visitId: string): Promise<StoredSession[]> {
  const sessions = await db
    .selectFrom('recording_session')
    .select(['id', 'staff_id', 'opened_at'])
    .where('visit_id', '=', visitId)
    .orderBy('opened_at')
    .orderBy('id')
    .execute()
  const parts = await db
    .selectFrom('recording_part')
    .innerJoin('recording_session', 'recording_session.id', 'recording_part.session_id')
    .where('recording_session.visit_id', '=', visitId)
    .select(['session_id', 'number', 'batch', 'hash', 'length'])
    .orderBy('number')
    .execute()
  return sessions.map(({ id, staff_id: staffId, opened_at: openedAt }) => ({
    visitId,
    sessionId: id,
    staffId,
    openedAt,
    parts: parts
      .filter((part) => part.session_id === id)
      .map(({ number, batch, hash, length }) => ({ number, batch, hash, length })),
  }))
}

/** It did not work this time: again after a while, longer each time. */
export async function noteFailure(
  db: Db,
  { visitId, run, attempts }: ClaimedRecording,
  code: string,
  now: Date,
): Promise<void> {
  const minutes = Math.min(60, 2 ** Math.min(attempts, 6))
  await db
    .updateTable('recording')
    .set({
      finalise_error: code,
      finalise_after: new Date(now.getTime() + minutes * 60_000),
      finalising_run: null,
      finalising_until: null,
    })
    .where('visit_id', '=', visitId)
    .where('finalising_run', '=', run)
    .execute()
}

/** The store holds the files of the valid run and no others. */
export async function noteTidy(db: Db, { visitId, run }: ClaimedRecording): Promise<void> {
  await db
    .updateTable('recording')
    .set({
      left_overs: false,
      finalise_attempts: 0,
      finalise_after: null,
      finalising_run: null,
      finalising_until: null,
    })
    .where('visit_id', '=', visitId)
    .where('finalising_run', '=', run)
    .execute()
}

export async function validRun(db: Db, visitId: string): Promise<string | null | undefined> {
  const row = await db
    .selectFrom('recording')
    .select('finalised_run')
    .where('visit_id', '=', visitId)
    .where('state', '<>', 'erased')
    .executeTakeFirst()
  return row?.finalised_run
}

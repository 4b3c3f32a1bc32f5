import { sql } from 'kysely'
import type { Db, DbOrTx, Tx } from '../platform/db'

/** What is to become of a touched visit. */
export type Decision =
  /** To this seat of its branch. */
  | { visitId: string; kind: 'move'; seatId: number }
  /** Its client chooses. */
  | { visitId: string; kind: 'offer' }
  | { visitId: string; kind: 'cancel' }

export interface Run {
  id: string
  branchId: number
  staffId: number
}

/**
 * Writes a run with its decisions, each about a visit and a seat of the branch; what is about something else is
 * left out.
 * @returns false when there is a run of this id already, which stays as it is
 */
export async function insertRun(
  tx: Tx,
  { id, branchId, staffId }: Run,
  { decisions, now }: { decisions: readonly Decision[]; now: Date },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    insert into replan_run (id, branch_id, staff_id, created_at) values (${id}, ${branchId}, ${staffId}, ${now})
    on conflict do nothing returning id`.execute(tx)
  if (rows.length === 0) return false
  await sql`
    insert into replan_decision (run_id, visit_id, kind, seat_id, starts_at)
    select ${id}, visit.id, wanted.kind, seat.id, seat.starts_at
    from jsonb_to_recordset(${JSON.stringify(decisions)}::jsonb)
        as wanted("visitId" uuid, kind text, "seatId" bigint)
      join visit on visit.id = wanted."visitId" and visit.branch_id = ${branchId}
      left join seat on seat.id = wanted."seatId" and seat.branch_id = ${branchId}
    where (wanted.kind = 'move') = (seat.id is not null)
    on conflict do nothing`.execute(tx)
  return true
}

export async function findRun(db: DbOrTx, id: string): Promise<Run | undefined> {
  const row = await db
    .selectFrom('replan_run')
    .select(['id', 'branch_id', 'staff_id'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { id: row.id, branchId: row.branch_id, staffId: row.staff_id }
}

/** Runs that were begun before `before` and not brought to their end. */
export async function unfinishedRuns(db: DbOrTx, before: Date): Promise<Run[]> {
  const rows = await db
    .selectFrom('replan_run')
    .select(['id', 'branch_id', 'staff_id'])
    .where('created_at', '<', before)
    .where((where) =>
      where.exists(
        where
          .selectFrom('replan_decision')
          .select('visit_id')
          .whereRef('run_id', '=', 'replan_run.id')
          .where('state', '=', 'wanted'),
      ),
    )
    .orderBy('created_at')
    .execute()
  return rows.map((row) => ({ id: row.id, branchId: row.branch_id, staffId: row.staff_id }))
}

/** The visits of a run about which a decision stands in this state, in the order of their times. */
export async function visitsOf(db: Db, runId: string, state: 'wanted' | 'done'): Promise<string[]> {
  const rows = await db
    .selectFrom('replan_decision')
    .innerJoin('visit', 'visit.id', 'visit_id')
    .select('visit_id')
    .where('run_id', '=', runId)
    .where('replan_decision.state', '=', state)
    .orderBy('visit.starts_at')
    .orderBy('visit_id')
    .execute()
  return rows.map(({ visit_id }) => visit_id)
}

/** Decisions of the run that nobody began to carry out are not carried out any more. */
export async function dropWanted(db: Db, runId: string): Promise<void> {
  await db
    .updateTable('replan_decision')
    .set({ state: 'dropped' })
    .where('run_id', '=', runId)
    .where('state', '=', 'wanted')
    .execute()
}

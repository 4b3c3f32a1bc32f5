import { sql } from 'kysely'
import type { DbOrTx } from '../platform/db'
import type { Refusal } from './decision-store'
import type { StaysReason } from './undo-store'

/** What became of the decisions of a run, as numbers of visits. */
export interface RecentRun {
  id: string
  createdAt: Date
  staffName: string
  /** To another time. */
  moved: number
  /** To another desk at the same time. */
  kept: number
  offered: number
  cancelled: number
  refused: number
  undone: number
  /** Not carried out, because the run was undone before. */
  dropped: number
  /** Not carried out yet. */
  wanted: number
  /** Carried out, and found by undoing to be final. */
  stays: Record<StaysReason, number>
  /** Until when something of it can be undone; null when nothing can. */
  undoUntil: Date | null
}

/** The runs of a branch since `since`, newest first. */
export async function readRecentRuns(
  db: DbOrTx,
  { branchId, since, now }: { branchId: number; since: Date; now: Date },
): Promise<RecentRun[]> {
  const done = sql`decision.state = 'done'`
  const sameVersion = sql`decision.from_version = decision.schedule_version`
  const count = (condition: unknown) => sql<number>`(count(*) filter (where ${condition}))::int`
  const { rows } = await sql<Omit<RecentRun, 'stays'> & StaysCounts>`
    select run.id, run.created_at as "createdAt", staff.name as "staffName",
      ${count(sql`${done} and kind = 'move' and not ${sameVersion}`)} as moved,
      ${count(sql`${done} and kind = 'move' and ${sameVersion}`)} as kept,
      ${count(sql`${done} and kind = 'offer'`)} as offered,
      ${count(sql`${done} and kind = 'cancel'`)} as cancelled,
      ${count(sql`decision.state = 'refused'`)} as refused,
      ${count(sql`decision.state = 'undone'`)} as undone,
      ${count(sql`decision.state = 'dropped'`)} as dropped,
      ${count(sql`decision.state = 'wanted'`)} as wanted,
      ${count(sql`${done} and reason = 'told'`)} as told,
      ${count(sql`${done} and reason = 'changed'`)} as changed,
      ${count(sql`${done} and reason = 'seat_gone'`)} as "seatGone",
      max(undo_until) filter (where ${done} and reason is null and undo_until > ${now}) as "undoUntil"
    from replan_run as run
      join staff on staff.id = run.staff_id
      join replan_decision as decision on decision.run_id = run.id
    where run.branch_id = ${branchId} and run.created_at >= ${since}
    group by run.id, staff.id
    order by run.created_at desc`.execute(db)
  return rows.map(({ told, changed, seatGone, ...run }) => ({
    ...run,
    stays: { told, changed, seat_gone: seatGone },
  }))
}

interface StaysCounts {
  told: number
  changed: number
  seatGone: number
}

/** Why the newest decision about each visit since `since` was refused; visits whose newest was not are left out. */
export async function readRefusals(
  db: DbOrTx,
  { branchId, since }: { branchId: number; since: Date },
): Promise<Map<string, Refusal>> {
  const { rows } = await sql<{ visitId: string; state: string; reason: Refusal }>`
    select distinct on (visit_id) visit_id as "visitId", state, reason
    from replan_run as run join replan_decision on run_id = run.id
    where branch_id = ${branchId} and created_at >= ${since}
    order by visit_id, created_at desc`.execute(db)
  return new Map(
    rows.filter(({ state }) => state === 'refused').map(({ visitId, reason }) => [visitId, reason]),
  )
}

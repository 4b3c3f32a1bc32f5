import { type Db, inTransaction } from '../platform/db'
import { may } from '../staff/may'
import type { Staff } from '../staff/staff'
import { carryOutRun } from './carry-out-run'
import type { ReplanParts } from './replan-parts'
import { type Decision, findRun, insertRun } from './run-store'

export interface RunRequest {
  /** Comes with the form: sending it twice is one run. */
  runId: string
  branchId: number
  staff: Staff
  decisions: readonly Decision[]
}

/**
 * Writes what was decided down, then carries it out. `again`: the form was sent before; what it said then counts,
 * and what is left of that is carried out.
 */
export async function startRun(
  db: Db,
  { runId, branchId, staff, decisions }: RunRequest,
  parts: ReplanParts,
): Promise<{ ok: true; again: boolean } | { ok: false; reason: 'not_allowed' }> {
  if (!may(staff, 'replan', branchId)) return { ok: false, reason: 'not_allowed' }
  const run = { id: runId, branchId, staffId: staff.id }
  const now = parts.clock.now()
  const isNew = await inTransaction(db, (tx) => insertRun(tx, run, { decisions, now }))
  const known = isNew ? run : await findRun(db, runId)
  if (known?.branchId !== branchId || known.staffId !== staff.id) return { ok: false, reason: 'not_allowed' }
  await carryOutRun(db, known, parts)
  return { ok: true, again: !isNew }
}

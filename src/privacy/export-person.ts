import { randomUUID } from 'node:crypto'
import { appendAudit } from '../audit/append-audit'
import { type Db, inTransaction, type Tx } from '../platform/db'
import { may } from '../staff/may'
import type { Staff } from '../staff/staff'
import { ownCase } from './read-person'

const packageMinutes = 30

type CaseRefusal = 'not_allowed' | 'unknown' | 'expired'
interface ExportAct {
  caseId: string
  staff: Staff
  now: Date
}

/** Makes the data of the chosen visits ready to be taken once, within half an hour. */
export function prepareExport(
  db: Db,
  act: ExportAct & { visitIds: readonly string[] },
): Promise<{ ok: true; exportId: string } | { ok: false; reason: CaseRefusal | 'nothing_chosen' }> {
  return inTransaction<Awaited<ReturnType<typeof prepareExport>>>(db, async (tx) => {
    const { caseId, now } = act
    const own = await ownCase(tx, act)
    if (!own.ok) return own
    const visitIds = own.found.visitIds.filter((id) => act.visitIds.includes(id))
    if (visitIds.length === 0) return { ok: false, reason: 'nothing_chosen' }
    const exportId = randomUUID()
    await tx
      .insertInto('person_export')
      .values({
        id: exportId,
        case_id: caseId,
        visit_ids: visitIds,
        prepared_at: now,
        expires_at: new Date(now.getTime() + packageMinutes * 60_000),
      })
      .execute()
    const allowed = await auditVisits(tx, { ...act, visitIds, action: 'person.exported' })
    if (!allowed) throw new Error('A case holds a visit that its inspector has no say over')
    return { ok: true, exportId }
  })
}

/** What is ready to be taken in the case, the newest; undefined when it was taken or its time is over. */
export async function readyExport(
  db: Db,
  { caseId, now }: { caseId: string; now: Date },
): Promise<{ id: string; expiresAt: Date; visits: number } | undefined> {
  const row = await db
    .selectFrom('person_export')
    .select(['id', 'expires_at as expiresAt', 'visit_ids'])
    .where('case_id', '=', caseId)
    .where('taken_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('prepared_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { id: row.id, expiresAt: row.expiresAt, visits: row.visit_ids.length }
}

/** Takes what was made ready: once, whoever asks at the same moment. @returns whose visits go into the package */
export function takeExport(
  db: Db,
  act: ExportAct & { exportId: string },
): Promise<{ ok: true; visitIds: string[] } | { ok: false; reason: CaseRefusal | 'taken' }> {
  return inTransaction<Awaited<ReturnType<typeof takeExport>>>(db, async (tx) => {
    const own = await ownCase(tx, act)
    if (!own.ok) return own
    const taken = await tx
      .updateTable('person_export')
      .set({ taken_at: act.now })
      .where('id', '=', act.exportId)
      .where('case_id', '=', act.caseId)
      .where('taken_at', 'is', null)
      .where('expires_at', '>', act.now)
      .returning('visit_ids as visitIds')
      .executeTakeFirst()
    if (!taken) return { ok: false, reason: 'taken' }
    await auditVisits(tx, { ...act, visitIds: taken.visitIds, action: 'person.package_taken' })
    return { ok: true, visitIds: taken.visitIds }
  })
}

/** @returns false for a visit of a branch that the inspector has no say over */
async function auditVisits(
  tx: Tx,
  {
    caseId,
    staff,
    now,
    visitIds,
    action,
  }: ExportAct & { visitIds: readonly string[]; action: 'person.exported' | 'person.package_taken' },
): Promise<boolean> {
  const visits = await tx
    .selectFrom('visit')
    .select(['id', 'branch_id as branchId'])
    .where('id', 'in', visitIds)
    .execute()
  if (visits.some(({ branchId }) => !may(staff, 'see_person', branchId))) return false
  for (const { id, branchId } of visits)
    await appendAudit(tx, {
      at: now,
      actor: { kind: 'staff', staffId: staff.id },
      action,
      subject: { kind: 'visit', id },
      branchId,
      details: { case: caseId },
    })
  return true
}

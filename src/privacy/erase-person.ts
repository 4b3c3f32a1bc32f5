import { appendAudit } from '../audit/append-audit'
import { sql } from 'kysely'
import type { Bus } from '../platform/bus'
import { type Db, inTransaction, type Tx } from '../platform/db'
import type { Keys } from '../platform/keys'
import { may } from '../staff/may'
import type { Staff } from '../staff/staff'
import { eraseVisit, type VisitErased } from './erase-visit'
import { knownOf } from './open-person'
import { type ReasonRefusal, reasonProblems } from './person-reason'
import { ownCase } from './read-person'

/** On what ground a person has the data erased: art. 17 (1) of the GDPR, in its order. */
export const erasureGrounds = ['not_needed', 'withdrawn', 'objection', 'unlawful', 'obligation'] as const
export type ErasureGround = (typeof erasureGrounds)[number]
export const isErasureGround = (text: unknown): text is ErasureGround =>
  (erasureGrounds as readonly unknown[]).includes(text)

export const orderReasonContext = (visitId: string): string => `erasure.order:${visitId}`

export interface PersonErasure {
  caseId: string
  staff: Staff
  visitIds: readonly string[]
  ground: unknown
  reason: string
  /** The inspector knows that it cannot be taken back. */
  understood: boolean
  now: Date
  keys: Keys
  bus: Bus
}

export type ErasureProblem = ReasonRefusal | 'ground_missing' | 'not_understood'

export type PersonErased =
  | { ok: true; erased: number; refused: number }
  | { ok: false; reason: 'not_allowed' | 'unknown' | 'expired' | 'nothing_chosen' }
  | { ok: false; reason: 'invalid'; problems: ErasureProblem[] }

/**
 * Erases the chosen visits of a person. All of them are ordered in one transaction and then erased one by one: killed
 * in between, the job carries out the rest. Sent again it changes nothing.
 */
export async function erasePerson(db: Db, erasure: PersonErasure): Promise<PersonErased> {
  const ordered = await inTransaction(db, (tx) => order(tx, erasure))
  if (!ordered.ok) return ordered
  const { now, keys, bus } = erasure
  const done = await carryOutErasures(db, { now, keys, bus }, ordered.visitIds)
  return { ok: true, ...done }
}

type Ordered = { ok: true; visitIds: string[] } | Extract<PersonErased, { ok: false }>

async function order(tx: Tx, erasure: PersonErasure): Promise<Ordered> {
  const { caseId, staff, ground, now, keys } = erasure
  const own = await ownCase(tx, erasure)
  if (!own.ok) return own
  const visits = await chosen(tx, own.found.visitIds, erasure.visitIds)
  if (visits.some(({ branchId }) => !may(staff, 'see_person', branchId)))
    return { ok: false, reason: 'not_allowed' }
  if (visits.length === 0) return { ok: false, reason: 'nothing_chosen' }
  const problems: ErasureProblem[] = [
    ...(isErasureGround(ground) ? [] : (['ground_missing'] as const)),
    ...reasonProblems(erasure.reason, knownOf(keys, visits)),
    ...(erasure.understood ? [] : (['not_understood'] as const)),
  ]
  if (!isErasureGround(ground) || problems.length > 0) return { ok: false, reason: 'invalid', problems }
  for (const { id, branchId, isErased } of visits) {
    if (isErased) continue
    await sql`
      insert into erasure_order (visit_id, case_id, staff_id, ground, reason, ordered_at)
      values (${id}, ${caseId}, ${staff.id}, ${ground},
        ${keys.seal(erasure.reason.trim(), orderReasonContext(id))}, ${now})
      on conflict (visit_id) do update
        set case_id = excluded.case_id, staff_id = excluded.staff_id, ground = excluded.ground,
          reason = excluded.reason, ordered_at = excluded.ordered_at, refused = null
        where erasure_order.done_at is null`.execute(tx)
    await appendAudit(tx, {
      at: now,
      actor: { kind: 'staff', staffId: staff.id },
      action: 'person.erasure_ordered',
      subject: { kind: 'visit', id },
      branchId,
      details: { case: caseId, ground },
    })
  }
  return { ok: true, visitIds: visits.map(({ id }) => id) }
}

async function chosen(tx: Tx, known: readonly string[], wanted: readonly string[]) {
  const ids = known.filter((id) => wanted.includes(id))
  if (ids.length === 0) return []
  const rows = await tx
    .selectFrom('visit')
    .select(['id', 'branch_id as branchId', 'client', 'erased_at as erasedAt'])
    .where('id', 'in', ids)
    .orderBy('id')
    .execute()
  return rows.map(({ erasedAt, ...visit }) => ({ ...visit, isErased: erasedAt !== null }))
}

interface CarryingOut {
  now: Date
  keys: Keys
  bus: Bus
}

/** Carries out what was ordered: these visits, or whatever an earlier process left. Each in a transaction of its own. */
export async function carryOutErasures(
  db: Db,
  parts: CarryingOut,
  visitIds?: readonly string[],
): Promise<{ erased: number; refused: number }> {
  const open = await db
    .selectFrom('erasure_order')
    .select('visit_id as visitId')
    .where('done_at', 'is', null)
    .where('refused', 'is', null)
    .$if(visitIds !== undefined, (query) => query.where('visit_id', 'in', visitIds ?? []))
    .orderBy('ordered_at')
    .orderBy('visit_id')
    .execute()
  let erased = 0
  let refused = 0
  for (const { visitId } of open) {
    const done = await inTransaction(db, (tx) => carryOut(tx, visitId, parts))
    if (done === 'erased') erased++
    if (done === 'refused') refused++
  }
  return { erased, refused }
}

async function carryOut(
  tx: Tx,
  visitId: string,
  { now, keys, bus }: CarryingOut,
): Promise<'erased' | 'refused' | 'done_before'> {
  const ordered = await tx
    .selectFrom('erasure_order')
    .select(['staff_id as staffId', 'case_id as caseId', 'ground'])
    .where('visit_id', '=', visitId)
    .where('done_at', 'is', null)
    .where('refused', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!ordered) return 'done_before'
  const { staffId, caseId, ground } = ordered
  const erased = await eraseVisit(tx, { visitId, staff: { id: staffId }, now, keys, bus })
  const refusal = refusalOf(erased)
  await tx
    .updateTable('erasure_order')
    .set(refusal ? { refused: refusal } : { done_at: now })
    .where('visit_id', '=', visitId)
    .execute()
  if (!erased.ok) return refusal ? 'refused' : 'done_before'
  await appendAudit(tx, {
    at: now,
    actor: { kind: 'staff', staffId },
    action: 'person.erased',
    subject: { kind: 'visit', id: visitId },
    branchId: erased.branchId,
    details: { case: caseId, ground },
  })
  return 'erased'
}

/** What keeps the data; a visit that is erased already is what was wanted. */
function refusalOf(erased: VisitErased) {
  if (erased.ok || erased.reason === 'erased' || erased.reason === 'unknown') return undefined
  return erased.reason === 'recorded' ? undefined : erased.reason
}

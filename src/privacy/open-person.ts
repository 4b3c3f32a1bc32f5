import { randomUUID } from 'node:crypto'
import { appendAudit } from '../audit/append-audit'
import { type Db, inTransaction, type Tx } from '../platform/db'
import type { Keys } from '../platform/keys'
import { may, mayAnywhere } from '../staff/may'
import type { Staff } from '../staff/staff'
import { unsealClient } from '../message/sealed-client'
import { parsePersonKey, type PersonKey } from './person-key'
import { type ReasonRefusal, reasonProblems } from './person-reason'
import { type FoundVisit, visitsOfPerson } from './person-store'

const caseHours = 4

export const caseReasonContext = (caseId: string): string => `person.case:${caseId}`

export type SearchProblem = ReasonRefusal | 'key_unclear' | 'nobody'

export type OpenedPerson =
  | { ok: true; caseId: string }
  | { ok: false; reason: 'not_allowed' }
  | { ok: false; reason: 'invalid'; problems: SearchProblem[] }

/**
 * Finds all that is kept of one person by phone, e-mail or a visit's number, after the reason is written down. Visits
 * of branches that the inspector has no say over are not even counted. The look itself is written down for every visit.
 */
export function openPerson(
  db: Db,
  { staff, typed, reason, now, keys }: { staff: Staff; typed: string; reason: string; now: Date; keys: Keys },
): Promise<OpenedPerson> {
  return inTransaction<OpenedPerson>(db, async (tx) => {
    if (!mayAnywhere(staff, 'see_person')) return { ok: false, reason: 'not_allowed' }
    const key = parsePersonKey(typed)
    if (!key)
      return { ok: false, reason: 'invalid', problems: ['key_unclear', ...reasonProblems(reason, [])] }
    const visits = (await visitsOfPerson(tx, keys, key)).filter(({ branchId }) =>
      may(staff, 'see_person', branchId),
    )
    const problems = reasonProblems(reason, [
      ...knownOf(keys, visits),
      ...(key.by === 'number' ? [] : [key.value]),
    ])
    if (problems.length > 0) return { ok: false, reason: 'invalid', problems }
    await auditSearch(tx, { staff, key, visits, now })
    const caseId = randomUUID()
    await tx
      .insertInto('person_case')
      .values({
        id: caseId,
        staff_id: staff.id,
        found_by: key.by,
        reason: keys.seal(reason.trim(), caseReasonContext(caseId)),
        visit_ids: visits.map(({ id }) => id),
        opened_at: now,
        expires_at: new Date(now.getTime() + caseHours * 3_600_000),
      })
      .execute()
    for (const { id, branchId } of visits)
      await appendAudit(tx, {
        at: now,
        actor: { kind: 'staff', staffId: staff.id },
        action: 'person.seen',
        subject: { kind: 'visit', id },
        branchId,
        details: { case: caseId },
      })
    return visits.length === 0 ? { ok: false, reason: 'invalid', problems: ['nobody'] } : { ok: true, caseId }
  })
}

/** Names, phones and e-mails of the visits' people. */
export const knownOf = (keys: Keys, visits: readonly Pick<FoundVisit, 'id' | 'client'>[]): string[] =>
  visits.flatMap(({ id, client }) => {
    const { firstName, lastName, phone, email, guardian } = unsealClient(keys, id, client)
    return [firstName, lastName, phone, email, guardian?.firstName ?? '', guardian?.lastName ?? ''].filter(
      (one) => one !== '',
    )
  })

const auditSearch = (
  tx: Tx,
  { staff, key, visits, now }: { staff: Staff; key: PersonKey; visits: readonly unknown[]; now: Date },
): Promise<void> =>
  appendAudit(tx, {
    at: now,
    actor: { kind: 'staff', staffId: staff.id },
    action: 'person.searched',
    details: { by: key.by, found: visits.length },
  })

import { daySubject } from '../audit/audit-action'
import type { Db } from '../platform/db'
import { dayOf } from '../platform/zone'

/** Somebody of the staff had to do with a visit, or saw it. */
export interface Look {
  at: Date
  visitId: string
  action: string
  /** Of the account as it is called now; null when there is none any more. */
  name: string | null
  role: string | null
}

const mostLooks = 500

interface LookedAt {
  id: string
  branchId: number
  startsAt: Date
}

/**
 * From the audit record: who of the staff did or saw what with these visits, or opened the list of their day, newest
 * first.
 */
export async function whoLooked(db: Db, visits: readonly LookedAt[], timeZone: string): Promise<Look[]> {
  const subjects = visits.flatMap(({ id, branchId, startsAt }) => [
    { visitId: id, kind: 'visit', subject: id },
    { visitId: id, ...dayOfVisit(branchId, startsAt, timeZone) },
  ])
  if (subjects.length === 0) return []
  const rows = await db
    .selectFrom('audit_entry')
    .leftJoin('staff', 'staff.id', 'audit_entry.staff_id')
    .where('subject_kind', 'in', ['visit', 'day'])
    .where(
      'subject_id',
      'in',
      subjects.map(({ subject }) => subject),
    )
    .where('actor', '=', 'staff')
    .select(['at', 'action', 'staff.name', 'staff.role', 'subject_kind as kind', 'subject_id as subject'])
    .orderBy('at', 'desc')
    .orderBy('audit_entry.id', 'desc')
    .limit(mostLooks)
    .execute()
  return rows.flatMap(({ kind, subject, ...look }) =>
    subjects
      .filter((one) => one.kind === kind && one.subject === subject)
      .map(({ visitId }) => ({ ...look, visitId })),
  )
}

const dayOfVisit = (branchId: number, startsAt: Date, timeZone: string) => {
  const { kind, id } = daySubject(branchId, dayOf(startsAt, timeZone))
  return { kind, subject: id }
}

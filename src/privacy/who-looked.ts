import { sql } from 'kysely'
import type { Db } from '../platform/db'

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

/** From the audit record: who of the staff did or saw what with these visits, newest first. */
export async function whoLooked(db: Db, visitIds: readonly string[]): Promise<Look[]> {
  if (visitIds.length === 0) return []
  return db
    .selectFrom('audit_entry')
    .leftJoin('staff', 'staff.id', 'audit_entry.staff_id')
    .where('subject_kind', '=', 'visit')
    .where('subject_id', 'in', visitIds)
    .where('actor', '=', 'staff')
    .select(['at', 'action', 'staff.name', 'staff.role', sql<string>`subject_id`.as('visitId')])
    .orderBy('at', 'desc')
    .orderBy('audit_entry.id', 'desc')
    .limit(mostLooks)
    .execute()
}

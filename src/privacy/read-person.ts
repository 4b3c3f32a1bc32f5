import type { Db, DbOrTx } from '../platform/db'
import type { Keys } from '../platform/keys'
import { mayAnywhere } from '../staff/may'
import type { Staff } from '../staff/staff'
import { type KeptVisit, readKeptVisits } from './person-facts'
import { type PersonCase, readCase } from './person-store'
import { type Look, whoLooked } from './who-looked'

export type OwnCase =
  { ok: true; found: PersonCase } | { ok: false; reason: 'not_allowed' | 'unknown' | 'expired' }

/** A case is open only to the inspector who gave its reason, and for some hours. */
export async function ownCase(
  db: DbOrTx,
  { caseId, staff, now }: { caseId: string; staff: Staff; now: Date },
): Promise<OwnCase> {
  if (!mayAnywhere(staff, 'see_person')) return { ok: false, reason: 'not_allowed' }
  const found = await readCase(db, caseId)
  if (!found || found.staffId !== staff.id) return { ok: false, reason: 'unknown' }
  return found.expiresAt <= now ? { ok: false, reason: 'expired' } : { ok: true, found }
}

export interface Person {
  found: PersonCase
  visits: KeptVisit[]
  looks: Look[]
  /** Visits whose erasure was ordered and is not carried out yet. */
  ordered: ReadonlySet<string>
}

/** All that is kept of the person of the case. */
export async function readPerson(
  db: Db,
  { keys, timeZone, found }: { keys: Keys; timeZone: string; found: PersonCase },
): Promise<Person> {
  const visits = await readKeptVisits(db, keys, found.visitIds)
  const orders = await db
    .selectFrom('erasure_order')
    .select('visit_id as id')
    .where('visit_id', 'in', found.visitIds)
    .where('done_at', 'is', null)
    .where('refused', 'is', null)
    .execute()
  return {
    found,
    visits,
    looks: await whoLooked(
      db,
      visits.map(({ row }) => ({ id: row.id, branchId: row.branch_id, startsAt: row.starts_at })),
      timeZone,
    ),
    ordered: new Set(orders.map(({ id }) => id)),
  }
}

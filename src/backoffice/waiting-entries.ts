import { sql } from 'kysely'
import type { DbOrTx } from '../platform/db'

/** Those among the visits of which another system is still to be told: it is told whole, or not at all. */
export async function visitsWithWaitingEntries(
  db: DbOrTx,
  visitIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ visit_id: string }>`
    select told.visit_id from (
      select id, visit_id from application where visit_id = any(${visitIds})
      union all select id, visit_id from profile_confirmation where visit_id = any(${visitIds})
    ) as told
    join backoffice_entry entry on entry.subject_id = told.id
    where entry.state = 'queued'`.execute(db)
  return new Set(rows.map(({ visit_id }) => visit_id))
}

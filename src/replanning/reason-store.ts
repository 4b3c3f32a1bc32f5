import { sql } from 'kysely'
import type { VisitRow } from '../booking/visit-links'
import type { Tx } from '../platform/db'

/** Code of the reason that the client is told: who closes a day is known, other changes of the schedule say nothing. */
export async function readReason(tx: Tx, visit: VisitRow): Promise<'absence' | 'closure' | undefined> {
  const { rows } = await sql<{ one: number }>`select 1 as one`.execute(tx)
  return rows.length > 1 && visit.rated ? 'absence' : undefined
}

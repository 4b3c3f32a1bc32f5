import { sql } from 'kysely'
import { type DataClass, dataClasses, type KeptDays } from '../institution/kept-days'
import type { Db } from '../platform/db'
import { keptSince } from './apply-retention'
import { keptRows } from './retention-store'

/** Of how many rows of each class the time would be over with these periods: what the job would erase now. */
export async function countDue(
  db: Db,
  { now, keptDays }: { now: Date; keptDays: KeptDays },
): Promise<Record<DataClass, number>> {
  const counts = await Promise.all(
    dataClasses.map(async (name) => {
      const before = keptSince(now, keptDays[name])
      const due =
        name === 'audit' ? sql`select id from audit_entry where at < ${before}` : keptRows[name].due(before)
      const { rows } = await sql<{ count: number }>`
        select count(*) as count from (${due}) as due`.execute(db)
      return [name, rows[0]?.count ?? 0] as const
    }),
  )
  return Object.fromEntries(counts) as Record<DataClass, number>
}

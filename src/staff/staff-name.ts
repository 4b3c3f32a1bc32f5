import type { DbOrTx } from '../platform/db'

/** The name of a person of the staff; null for nobody. */
export async function staffName(db: DbOrTx, staffId: number | null): Promise<string | null> {
  if (staffId === null) return null
  const row = await db.selectFrom('staff').select('name').where('id', '=', staffId).executeTakeFirst()
  return row?.name ?? null
}

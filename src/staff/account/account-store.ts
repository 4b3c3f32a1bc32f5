import type { DbOrTx } from '../../platform/db'

/** How a person signs in: with a password of ours, or with the institution's identity provider. */
export async function readAccount(
  db: DbOrTx,
  staffId: number,
): Promise<{ hasPassword: boolean; byProvider: boolean }> {
  const row = await db
    .selectFrom('staff')
    .where('id', '=', staffId)
    .select(['password_hash', 'identity_hash'])
    .executeTakeFirstOrThrow()
  return { hasPassword: row.password_hash !== null, byProvider: row.identity_hash !== null }
}

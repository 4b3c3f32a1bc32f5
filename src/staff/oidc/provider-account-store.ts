import type { Tx } from '../../platform/db'

/** An account as a sign-in by the identity provider finds it. */
export interface ProviderAccount {
  id: number
  active: boolean
  role: string
  branchId: number | null
  hasIdentity: boolean
}

const accounts = (tx: Tx) =>
  tx
    .selectFrom('staff')
    .select(['id', 'active', 'role', 'branch_id as branchId'])
    .select((select) => select('identity_hash', 'is not', null).as('hasIdentity'))
    .forUpdate()

const read = (row: Omit<ProviderAccount, 'hasIdentity'> & { hasIdentity: unknown }): ProviderAccount => ({
  ...row,
  hasIdentity: row.hasIdentity === true,
})

export async function accountOfIdentity(tx: Tx, identity: Buffer): Promise<ProviderAccount | undefined> {
  const row = await accounts(tx).where('identity_hash', '=', identity).executeTakeFirst()
  return row && read(row)
}

export async function accountOfEmail(tx: Tx, email: string): Promise<ProviderAccount | undefined> {
  const row = await accounts(tx).where('email', '=', email).executeTakeFirst()
  return row && read(row)
}

/** What the provider says counts. An account is either theirs or ours: a local password ends with the first time. */
export async function updateFromProvider(
  tx: Tx,
  id: number,
  person: { name: string; email: string; role: string; branchId: number | null; identity: Buffer },
): Promise<void> {
  await tx
    .updateTable('staff')
    .set({ name: person.name, email: person.email, role: person.role, branch_id: person.branchId })
    .set({ identity_hash: person.identity, password_hash: null })
    .set((set) => ({ changes: set('changes', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

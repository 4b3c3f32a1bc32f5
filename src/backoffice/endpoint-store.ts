import type { DbOrTx, Tx } from '../platform/db'
import type { Endpoint } from './endpoint'
import type { EntryKind } from './entry-kind'

const columns = [
  'id',
  'url',
  'description',
  'kinds',
  'version',
  'paused_at as pausedAt',
  'paused_by as pausedBy',
  'old_secret_until as oldSecretUntil',
  'created_at as createdAt',
] as const

type Row = Omit<Endpoint, 'kinds' | 'pausedBy'> & { kinds: string[]; pausedBy: string | null }
const asEndpoint = (row: Row): Endpoint => ({
  ...row,
  kinds: row.kinds as EntryKind[],
  pausedBy: row.pausedBy as Endpoint['pausedBy'],
})

/** Those that are in use, oldest first. */
export async function readEndpoints(db: DbOrTx): Promise<Endpoint[]> {
  const rows = await db
    .selectFrom('webhook_endpoint')
    .select(columns)
    .where('removed_at', 'is', null)
    .orderBy('created_at')
    .execute()
  return rows.map(asEndpoint)
}

export async function readEndpoint(db: DbOrTx, id: string): Promise<Endpoint | undefined> {
  const row = await db
    .selectFrom('webhook_endpoint')
    .select(columns)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return row && asEndpoint(row)
}

/** The endpoint, locked until the transaction ends: whoever changes it takes this first. */
export async function lockEndpoint(tx: Tx, id: string): Promise<Endpoint | undefined> {
  const row = await tx
    .selectFrom('webhook_endpoint')
    .select(columns)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return row && asEndpoint(row)
}

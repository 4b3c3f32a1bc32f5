import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../platform/db'
import type { SealedFact } from './seal-chain'

export interface Seal {
  position: number
  entryId: number
  seal: Buffer
}

export interface ChainLink extends Seal {
  fact: SealedFact | undefined
}

const factColumns = [
  'audit_entry.id',
  'at',
  'actor',
  'staff_id as staffId',
  'action',
  'subject_kind as subjectKind',
  'subject_id as subjectId',
  'branch_id as branchId',
  'details',
] as const

/** One writer at a time, in this or any other process; false when another one is at it. */
export async function lockChain(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ locked: boolean }>`
    select pg_try_advisory_xact_lock(hashtext('audit chain')) as locked`.execute(tx)
  return rows[0]?.locked === true
}

export async function lastSeal(db: DbOrTx): Promise<Seal | undefined> {
  return db
    .selectFrom('audit_seal')
    .select(['position', 'entry_id as entryId', 'seal'])
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/**
 * Entries after `afterId` that have no seal yet, oldest first. Ids are given out before their transactions end,
 * so a later one may be sealed before an earlier one is even seen.
 */
export async function unsealedFacts(db: DbOrTx, afterId: number, limit: number): Promise<SealedFact[]> {
  return db
    .selectFrom('audit_entry')
    .leftJoin('audit_seal', 'audit_seal.entry_id', 'audit_entry.id')
    .where('audit_entry.id', '>', afterId)
    .where('audit_seal.entry_id', 'is', null)
    .select(factColumns)
    .orderBy('audit_entry.id')
    .limit(limit)
    .execute()
}

export async function insertSeals(tx: Tx, seals: readonly Seal[]): Promise<void> {
  await tx
    .insertInto('audit_seal')
    .values(seals.map(({ position, entryId, seal }) => ({ position, entry_id: entryId, seal })))
    .execute()
}

/** How many entries somewhere in the whole record have no seal. */
export async function countUnsealed(db: DbOrTx): Promise<number> {
  const { count } = await db
    .selectFrom('audit_entry')
    .leftJoin('audit_seal', 'audit_seal.entry_id', 'audit_entry.id')
    .where('audit_seal.entry_id', 'is', null)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** The highest id among the sealed entries; 0 when there is none. */
export async function highestSealed(db: DbOrTx): Promise<number> {
  const row = await db
    .selectFrom('audit_seal')
    .select((eb) => eb.fn.max('entry_id').as('id'))
    .executeTakeFirst()
  return row?.id ?? 0
}

/** The chain after a position, with what each seal covers; an entry somebody removed is undefined. */
export async function chainAfter(db: DbOrTx, position: number, limit: number): Promise<ChainLink[]> {
  const rows = await db
    .selectFrom('audit_seal')
    .leftJoin('audit_entry', 'audit_entry.id', 'audit_seal.entry_id')
    .where('position', '>', position)
    .select(['position', 'entry_id as entryId', 'seal', ...factColumns])
    .orderBy('position')
    .limit(limit)
    .execute()
  return rows.map(({ position: at, entryId, seal, id, ...fact }) => ({
    position: at,
    entryId,
    seal,
    fact: id === null ? undefined : ({ id, ...fact } as SealedFact),
  }))
}

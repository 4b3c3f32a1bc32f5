import { sql } from 'kysely'
import { appendAudit } from '../audit/append-audit'
import type { Bus } from '../platform/bus'
import { type Db, type DbOrTx, inTransaction } from '../platform/db'
import { versionOf } from '../platform/version-of'
import { tellInstitutionChanged } from './institution-changed'

/** What people read of a branch; unknown is null. */
export interface BranchFacts {
  name: string
  city: string
  address: string | null
  postalCode: string | null
  phone: string | null
}

export interface ListedBranch extends BranchFacts {
  id: number
  code: string
  active: boolean
  sample: boolean
  /** Active ones. */
  desks: number
}

/** All branches, also those that are closed, by city. */
export async function readBranches(db: DbOrTx): Promise<ListedBranch[]> {
  const { rows } = await sql<ListedBranch>`
    select id, code, name, city, address, postal_code as "postalCode", phone, active, sample,
      (select count(*)::int from desk where branch_id = branch.id and desk.active) as desks
    from branch`.execute(db)
  return rows.sort((one, other) => one.city.localeCompare(other.city, 'pl') || one.id - other.id)
}

/** The version of what people read of a branch, for the form that changes it. */
export const branchVersion = ({ name, city, address, postalCode, phone }: BranchFacts): string =>
  versionOf([name, city, address, postalCode, phone])

interface Edit {
  facts: BranchFacts
  staffId: number
  now: Date
  bus: Bus
}

const columnsOf = ({ name, city, address, postalCode, phone }: BranchFacts) => ({
  ...{ name, city, address, phone },
  postal_code: postalCode,
})

/** Adds a branch without desks; until it has some nobody can book there. */
export function addBranch(
  db: Db,
  { code, facts, staffId, now, bus }: Edit & { code: string },
): Promise<{ ok: true } | { ok: false; reason: 'code_taken' }> {
  return inTransaction(db, async (tx) => {
    const branch = await tx
      .insertInto('branch')
      .values({ code, ...columnsOf(facts) })
      .onConflict((conflict) => conflict.column('code').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!branch) return { ok: false, reason: 'code_taken' }
    await appendAudit(tx, {
      ...{ at: now, actor: { kind: 'staff', staffId }, action: 'branch.added', branchId: branch.id },
      ...{ subject: { kind: 'branch', id: String(branch.id) }, details: { code } },
    })
    await tellInstitutionChanged(tx, bus)
    return { ok: true }
  })
}

/** Changes what people read of a branch, unless somebody else has since `version`. */
export function changeBranch(
  db: Db,
  { branchId, version, facts, staffId, now, bus }: Edit & { branchId: number; version: string },
): Promise<{ ok: true } | { ok: false; reason: 'changed' }> {
  return inTransaction(db, async (tx) => {
    const before = await tx
      .selectFrom('branch')
      .select(['name', 'city', 'address', 'postal_code as postalCode', 'phone'])
      .where('id', '=', branchId)
      .forUpdate()
      .executeTakeFirst()
    if (!before || branchVersion(before) !== version) return { ok: false, reason: 'changed' }
    await tx.updateTable('branch').set(columnsOf(facts)).where('id', '=', branchId).execute()
    await appendAudit(tx, {
      ...{ at: now, actor: { kind: 'staff', staffId }, action: 'branch.changed', branchId },
      subject: { kind: 'branch', id: String(branchId) },
    })
    await tellInstitutionChanged(tx, bus)
    return { ok: true }
  })
}

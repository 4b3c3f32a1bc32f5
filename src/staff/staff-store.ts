import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../platform/db'
import type { StaffRole } from './staff'

/** Policy: how many wrong passwords close an account, and for how long. */
export interface LockPolicy {
  failures: number
  minutes: number
}

export const defaultLockPolicy: LockPolicy = { failures: 8, minutes: 10 }

export interface TriedAccount {
  id: number
  role: StaffRole
  /** Null: no password yet, or none at all. */
  passwordHash: string | null
  lockedUntil: Date | null
}

/**
 * Counts one try before the password is looked at: guesses that run at the same time are all counted, and the
 * try that reaches the limit closes the account unless it proves right. Undefined for unknown accounts.
 */
export async function countTry(
  db: DbOrTx,
  { email, now, policy }: { email: string; now: Date; policy: LockPolicy },
): Promise<TriedAccount | undefined> {
  const lockUntil = new Date(now.getTime() + policy.minutes * 60_000)
  const { rows } = await sql<{
    id: number
    role: StaffRole
    password_hash: string | null
    locked_until: Date | null
  }>`
    with account as materialized (
      select id, role, password_hash, locked_until > ${now} as locked, locked_until from staff
      where email = ${email} and active
      for update
    ), counted as (
      update staff set
        failed_attempts = case when staff.failed_attempts + 1 >= ${policy.failures} then 0
          else staff.failed_attempts + 1 end,
        locked_until = case when staff.failed_attempts + 1 >= ${policy.failures} then ${lockUntil}::timestamptz end
      from account where staff.id = account.id and account.locked is not true
    )
    select id, role, password_hash, case when locked then locked_until end as locked_until from account`.execute(
    db,
  )
  const row = rows[0]
  return row && { id: row.id, role: row.role, passwordHash: row.password_hash, lockedUntil: row.locked_until }
}

/** The account starts again with all its tries. */
export async function forgetTries(db: DbOrTx, staffId: number): Promise<void> {
  await db
    .updateTable('staff')
    .set({ failed_attempts: 0, locked_until: null })
    .where('id', '=', staffId)
    .execute()
}

export interface NewStaff {
  email: string
  name: string
  /** Null: only invited, or known by the identity provider alone. */
  passwordHash: string | null
  identityHash?: Buffer
  role: StaffRole
  branchId: number | null
  topicIds: readonly number[]
}

/** @returns the id of the account. @throws when the e-mail has one already */
export async function insertStaff(tx: Tx, staff: NewStaff): Promise<number> {
  const id = await insertStaffOnce(tx, staff)
  if (id === undefined) throw new Error('This e-mail has an account already')
  return id
}

/** The same; undefined when the e-mail has an account already. */
export async function insertStaffOnce(tx: Tx, staff: NewStaff): Promise<number | undefined> {
  const inserted = await tx
    .insertInto('staff')
    .values({
      email: staff.email,
      name: staff.name,
      password_hash: staff.passwordHash,
      identity_hash: staff.identityHash ?? null,
      role: staff.role,
      branch_id: staff.branchId,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (inserted) await insertTopics(tx, inserted.id, staff.topicIds)
  return inserted?.id
}

async function insertTopics(tx: Tx, staffId: number, topicIds: readonly number[]): Promise<void> {
  if (topicIds.length === 0) return
  await tx
    .insertInto('staff_topic')
    .values(topicIds.map((topicId) => ({ staff_id: staffId, topic_id: topicId })))
    .execute()
}

export async function replaceTopics(tx: Tx, staffId: number, topicIds: readonly number[]): Promise<void> {
  await tx.deleteFrom('staff_topic').where('staff_id', '=', staffId).execute()
  await insertTopics(tx, staffId, topicIds)
}

export async function markSignedIn(db: DbOrTx, staffId: number, now: Date): Promise<void> {
  await db.updateTable('staff').set({ signed_in_at: now }).where('id', '=', staffId).execute()
}

/** The password opens the account from now on, and earlier failures are forgotten. */
export async function setPasswordHash(db: DbOrTx, staffId: number, passwordHash: string): Promise<void> {
  await db
    .updateTable('staff')
    .set({ password_hash: passwordHash, failed_attempts: 0, locked_until: null })
    .where('id', '=', staffId)
    .execute()
}

import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../platform/db'
import { isStaffRole, type Staff, type StaffRole } from './staff'

/** Policy: how many wrong passwords close an account, and for how long. */
export interface LockPolicy {
  failures: number
  minutes: number
}

export const defaultLockPolicy: LockPolicy = { failures: 8, minutes: 10 }

/**
 * Counts one try before the password is looked at: guesses that run at the same time are all counted, and the
 * try that reaches the limit closes the account unless it proves right. Undefined for unknown accounts.
 */
export async function countTry(
  db: DbOrTx,
  { email, now, policy }: { email: string; now: Date; policy: LockPolicy },
): Promise<{ id: number; role: StaffRole; passwordHash: string; lockedUntil: Date | null } | undefined> {
  const lockUntil = new Date(now.getTime() + policy.minutes * 60_000)
  const { rows } = await sql<{
    id: number
    role: StaffRole
    password_hash: string
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
  passwordHash: string
  role: StaffRole
  branchId: number | null
  topicIds: readonly number[]
}

/** @returns the id of the account */
export async function insertStaff(tx: Tx, staff: NewStaff): Promise<number> {
  const { id } = await tx
    .insertInto('staff')
    .values({
      email: staff.email,
      name: staff.name,
      password_hash: staff.passwordHash,
      role: staff.role,
      branch_id: staff.branchId,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (staff.topicIds.length > 0)
    await tx
      .insertInto('staff_topic')
      .values(staff.topicIds.map((topicId) => ({ staff_id: id, topic_id: topicId })))
      .execute()
  return id
}

/** Times of a session; `seenAt` moves with every request. */
export interface SessionTimes {
  createdAt: Date
  expiresAt: Date
}

export async function insertSession(
  db: DbOrTx,
  session: SessionTimes & { tokenHash: Buffer; staffId: number },
): Promise<void> {
  await db
    .insertInto('staff_session')
    .values({
      token_hash: session.tokenHash,
      staff_id: session.staffId,
      created_at: session.createdAt,
      seen_at: session.createdAt,
      expires_at: session.expiresAt,
    })
    .execute()
}

/** The active account behind an open session: not past its end, and seen after `seenAfter`. */
export async function staffOfSession(
  db: DbOrTx,
  { tokenHash, now, seenAfter }: { tokenHash: Buffer; now: Date; seenAfter: Date },
): Promise<{ staff: Staff; seenAt: Date } | undefined> {
  const row = await db
    .selectFrom('staff_session')
    .innerJoin('staff', 'staff.id', 'staff_session.staff_id')
    .where('staff_session.token_hash', '=', tokenHash)
    .where('staff_session.expires_at', '>', now)
    .where('staff_session.seen_at', '>', seenAfter)
    .where('staff.active', '=', true)
    .select(['staff.id', 'staff.name', 'staff.email', 'staff.role', 'staff.branch_id'])
    .select('staff_session.seen_at')
    .select(
      sql<number[]>`array(select topic_id from staff_topic where staff_id = staff.id order by topic_id)`.as(
        'topic_ids',
      ),
    )
    .executeTakeFirst()
  if (!row || !isStaffRole(row.role)) return undefined
  const { id, name, email, role, branch_id: branchId, topic_ids: topicIds } = row
  return { staff: { id, name, email, role, branchId, topicIds }, seenAt: row.seen_at }
}

export async function markSeen(db: DbOrTx, tokenHash: Buffer, now: Date): Promise<void> {
  await db.updateTable('staff_session').set({ seen_at: now }).where('token_hash', '=', tokenHash).execute()
}

/** Ends the session and sweeps all that ran out. */
export async function deleteSession(db: DbOrTx, tokenHash: Buffer, now: Date): Promise<void> {
  await db
    .deleteFrom('staff_session')
    .where((or) => or.or([or('token_hash', '=', tokenHash), or('expires_at', '<=', now)]))
    .execute()
}

import { sql } from 'kysely'
import type { DbOrTx } from '../platform/db'
import { isStaffRole, type Staff } from './staff'

/** `factor`: the second factor is still to be shown; `set_up`: the first one is still to be made. */
export type SessionStage = 'factor' | 'set_up' | 'open'
/** What a person last proved to be themself with. */
export type SignInWay = 'password' | 'totp' | 'passkey' | 'recovery' | 'oidc'

/** A session as kept. */
export interface StaffSession {
  id: string
  staff: Staff
  stage: SessionStage
  way: SignInWay
  seenAt: Date
  confirmedAt: Date
}

export interface NewSession {
  tokenHash: Buffer
  staffId: number
  stage: SessionStage
  way: SignInWay
  browser: string
  createdAt: Date
  expiresAt: Date
}

/** @returns the id of the session */
export async function insertSession(db: DbOrTx, session: NewSession): Promise<string> {
  const { id } = await db
    .insertInto('staff_session')
    .values({
      token_hash: session.tokenHash,
      staff_id: session.staffId,
      stage: session.stage,
      way: session.way,
      browser: session.browser,
      created_at: session.createdAt,
      seen_at: session.createdAt,
      confirmed_at: session.createdAt,
      expires_at: session.expiresAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The session ends with that one of the identity provider. */
export async function tieToProvider(db: DbOrTx, id: string, providerSession: Buffer): Promise<void> {
  await db
    .updateTable('staff_session')
    .set({ provider_session_hash: providerSession })
    .where('id', '=', id)
    .execute()
}

/**
 * A session that stands, by its token or its id: of an active account, not past its end, and seen after `seenAfter`.
 */
export async function readSession(
  db: DbOrTx,
  { by, now, seenAfter }: { by: { tokenHash: Buffer } | { id: string }; now: Date; seenAfter: Date },
): Promise<StaffSession | undefined> {
  const row = await db
    .selectFrom('staff_session')
    .innerJoin('staff', 'staff.id', 'staff_session.staff_id')
    .$if('tokenHash' in by, (query) =>
      query.where('staff_session.token_hash', '=', (by as { tokenHash: Buffer }).tokenHash),
    )
    .$if('id' in by, (query) => query.where('staff_session.id', '=', (by as { id: string }).id))
    .where('staff_session.expires_at', '>', now)
    .where('staff_session.seen_at', '>', seenAfter)
    .where('staff.active', '=', true)
    .select(['staff.id', 'staff.name', 'staff.email', 'staff.role', 'staff.branch_id'])
    .select(['staff_session.id as session_id', 'staff_session.stage', 'staff_session.way'])
    .select(['staff_session.seen_at', 'staff_session.confirmed_at'])
    .select(
      sql<number[]>`array(select topic_id from staff_topic where staff_id = staff.id order by topic_id)`.as(
        'topic_ids',
      ),
    )
    .executeTakeFirst()
  if (!row || !isStaffRole(row.role)) return undefined
  const { id, name, email, role, branch_id: branchId, topic_ids: topicIds } = row
  return {
    id: row.session_id,
    staff: { id, name, email, role, branchId, topicIds },
    stage: row.stage as SessionStage,
    way: row.way as SignInWay,
    seenAt: row.seen_at,
    confirmedAt: row.confirmed_at,
  }
}

export async function markSeen(db: DbOrTx, id: string, now: Date): Promise<void> {
  await db.updateTable('staff_session').set({ seen_at: now }).where('id', '=', id).execute()
}

/** The session is open under a new token, and the person has just proved to be themself. */
export async function confirmSession(
  db: DbOrTx,
  session: { id: string; tokenHash: Buffer; way: SignInWay; now: Date; beginsUntil: Date | null },
): Promise<void> {
  const { now, beginsUntil } = session
  await db
    .updateTable('staff_session')
    .set({ token_hash: session.tokenHash, stage: 'open', way: session.way })
    .set({ confirmed_at: now, seen_at: now, challenge: null, challenge_until: null })
    .$if(beginsUntil !== null, (query) => query.set({ created_at: now, expires_at: beginsUntil ?? now }))
    .where('id', '=', session.id)
    .execute()
}

/** Ends the session and sweeps all that ran out. */
export async function deleteSession(
  db: DbOrTx,
  tokenHash: Buffer,
  now: Date,
): Promise<{ id: string; staffId: number; stage: string; way: string } | undefined> {
  const deleted = await db
    .deleteFrom('staff_session')
    .where((or) => or.or([or('token_hash', '=', tokenHash), or('expires_at', '<=', now)]))
    .returning(['id', 'staff_id as staffId', 'stage', 'way', 'token_hash'])
    .execute()
  return deleted.find(({ token_hash: hash }) => hash.equals(tokenHash))
}

/** A session in the list of its person. */
export interface ListedSession {
  id: string
  browser: string
  way: SignInWay
  createdAt: Date
  seenAt: Date
}

/** Open sessions of a person, the one used last first. */
export async function sessionsOf(
  db: DbOrTx,
  { staffId, now, seenAfter }: { staffId: number; now: Date; seenAfter: Date },
): Promise<ListedSession[]> {
  const rows = await db
    .selectFrom('staff_session')
    .where('staff_id', '=', staffId)
    .where('stage', '=', 'open')
    .where('expires_at', '>', now)
    .where('seen_at', '>', seenAfter)
    .select(['id', 'browser', 'way', 'created_at as createdAt', 'seen_at as seenAt'])
    .orderBy('seen_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, way: row.way as SignInWay }))
}

/** Deletes sessions of a person: one, all but one, or all. @returns how many */
export async function deleteSessionsOf(
  db: DbOrTx,
  staffId: number,
  which: { only?: string; except?: string } = {},
): Promise<number> {
  const { only, except } = which
  const deleted = await db
    .deleteFrom('staff_session')
    .where('staff_id', '=', staffId)
    .$if(only !== undefined, (query) => query.where('id', '=', only ?? ''))
    .$if(except !== undefined, (query) => query.where('id', '!=', except ?? ''))
    .executeTakeFirst()
  return Number(deleted.numDeletedRows)
}

/** Sessions that hang on one of the identity provider: of its session, or of a person before an instant. */
export async function deleteProviderSessions(
  db: DbOrTx,
  which: { sessionHash: Buffer } | { identityHash: Buffer; before: Date },
): Promise<{ id: string; staffId: number }[]> {
  const query = db.deleteFrom('staff_session').returning(['id', 'staff_id as staffId'])
  if ('sessionHash' in which) return query.where('provider_session_hash', '=', which.sessionHash).execute()
  return query
    .where('way', '=', 'oidc')
    .where('created_at', '<=', which.before)
    .where('staff_id', 'in', (from) =>
      from.selectFrom('staff').select('staff.id').where('identity_hash', '=', which.identityHash),
    )
    .execute()
}

export async function setChallenge(
  db: DbOrTx,
  id: string,
  challenge: { text: string; until: Date },
): Promise<void> {
  await db
    .updateTable('staff_session')
    .set({ challenge: challenge.text, challenge_until: challenge.until })
    .where('id', '=', id)
    .execute()
}

/** The challenge that was asked for, which is forgotten with that: it is answered once. */
export async function takeChallenge(db: DbOrTx, id: string, now: Date): Promise<string | undefined> {
  const { rows } = await sql<{ challenge: string | null }>`
    with asked as (
      select id, challenge from staff_session where id = ${id} and challenge_until > ${now} for update
    )
    update staff_session set challenge = null, challenge_until = null
    from asked where staff_session.id = asked.id
    returning asked.challenge`.execute(db)
  return rows[0]?.challenge ?? undefined
}

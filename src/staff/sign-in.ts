import { randomBytes } from 'node:crypto'
import type { DbOrTx } from '../platform/db'
import { defaultPasswordCost, hashPassword, passwordMatches } from './password'
import type { StaffRole } from './staff'
import { openSession, type SessionPolicy } from './staff-session'
import { countTry, forgetTries, type LockPolicy } from './staff-store'
import type { StrangerTries } from './stranger-tries'

export interface Credentials {
  email: string
  password: string
  now: Date
  lock: LockPolicy
  session: SessionPolicy
  strangers: StrangerTries
}

export type SignIn =
  | { ok: true; token: string; staffId: number; role: StaffRole }
  | { ok: false; reason: 'wrong' }
  | { ok: false; reason: 'locked'; lockedUntil: Date }

let madeDecoy: Promise<string> | undefined
/** Compared with when there is no account: the answer takes as long as for one. */
const decoyHash = () => (madeDecoy ??= hashPassword(randomBytes(24).toString('base64'), defaultPasswordCost))

/**
 * Opens a session with a new token. Unknown addresses, closed accounts and wrong passwords are answered alike
 * and after the same work.
 */
export async function signIn(db: DbOrTx, credentials: Credentials): Promise<SignIn> {
  const { now, lock, session, strangers } = credentials
  const email = credentials.email.trim().toLowerCase()
  const account = await countTry(db, { email, now, policy: lock })
  const lockedUntil = account ? account.lockedUntil : strangers.count(email, now)
  // Made for everybody, though needed for some: the first one of a process takes longer
  const decoy = await decoyHash()
  const right = await passwordMatches(credentials.password, account?.passwordHash ?? decoy)
  if (lockedUntil) return { ok: false, reason: 'locked', lockedUntil }
  if (!account || !right) return { ok: false, reason: 'wrong' }
  await forgetTries(db, account.id)
  const token = await openSession(db, { staffId: account.id, now, policy: session })
  return { ok: true, token, staffId: account.id, role: account.role }
}

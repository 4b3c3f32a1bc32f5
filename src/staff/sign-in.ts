import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { type Db, inTransaction } from '../platform/db'
import { countFactors, readFactors } from './factor/factor-store'
import { noteRefusal, noteSignIn } from './note-sign-in'
import { defaultPasswordCost, hashPassword, passwordMatches } from './password'
import type { SessionStage } from './session-store'
import type { StaffRole } from './staff'
import { openSession } from './staff-session'
import { countTry, forgetTries, type LockPolicy } from './staff-store'
import type { StrangerTries } from './stranger-tries'

export interface Credentials {
  email: string
  password: string
  request: FastifyRequest
  now: Date
  lock: LockPolicy
  strangers: StrangerTries
  /** Whether a password alone opens nothing. */
  secondFactor: boolean
}

export type SignIn =
  | { ok: true; token: string; stage: SessionStage; role: StaffRole }
  | { ok: false; reason: 'wrong' }
  | { ok: false; reason: 'locked'; lockedUntil: Date }

let madeDecoy: Promise<string> | undefined
/** Compared with when there is no account: the answer takes as long as for one. */
const decoyHash = () => (madeDecoy ??= hashPassword(randomBytes(24).toString('base64'), defaultPasswordCost))

/** The password was right: how far that leads. */
const stageAfterPassword = (hasFactor: boolean, secondFactor: boolean): SessionStage => {
  if (hasFactor) return 'factor'
  return secondFactor ? 'set_up' : 'open'
}

/**
 * Opens a session with a new token, as far as the password alone leads. Unknown addresses, closed accounts and
 * wrong passwords are answered alike and after the same work.
 */
export async function signIn(db: Db, credentials: Credentials): Promise<SignIn> {
  const { now, lock, request, strangers, secondFactor } = credentials
  const email = credentials.email.trim().toLowerCase()
  const account = await countTry(db, { email, now, policy: lock })
  const lockedUntil = account ? account.lockedUntil : strangers.count(email, now)
  // Made for everybody, though needed for some: the first one of a process takes longer
  const decoy = await decoyHash()
  const right = await passwordMatches(credentials.password, account?.passwordHash ?? decoy)
  if (lockedUntil || !account?.passwordHash || !right) {
    const reason = lockedUntil ? 'locked' : 'password'
    await noteRefusal(db, { staffId: account?.id ?? null, reason, now })
    return lockedUntil ? { ok: false, reason: 'locked', lockedUntil } : { ok: false, reason: 'wrong' }
  }
  const { id: staffId, role } = account
  return inTransaction(db, async (tx) => {
    await forgetTries(tx, staffId)
    const stage = stageAfterPassword(countFactors(await readFactors(tx, staffId)) > 0, secondFactor)
    const { token } = await openSession(tx, { staffId, stage, way: 'password', request, now })
    if (stage === 'open') await noteSignIn(tx, { staffId, way: 'password', now })
    return { ok: true, token, stage, role }
  })
}

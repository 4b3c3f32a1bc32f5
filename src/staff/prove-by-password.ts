import type { Db } from '../platform/db'
import { passwordMatches } from './password'
import type { Staff } from './staff'
import { countTry, defaultLockPolicy, forgetTries } from './staff-store'

export type PasswordProof =
  | { ok: true; way: 'password' }
  | { ok: false; reason: 'wrong' }
  | { ok: false; reason: 'locked'; lockedUntil: Date }

/** Whether a signed-in person knows their password; wrong tries count as at the door. */
export async function proveByPassword(
  db: Db,
  { staff, password, now }: { staff: Pick<Staff, 'id' | 'email'>; password: string; now: Date },
): Promise<PasswordProof> {
  const account = await countTry(db, { email: staff.email, now, policy: defaultLockPolicy })
  if (account?.lockedUntil) return { ok: false, reason: 'locked', lockedUntil: account.lockedUntil }
  if (!account?.passwordHash || !(await passwordMatches(password, account.passwordHash)))
    return { ok: false, reason: 'wrong' }
  await forgetTries(db, staff.id)
  return { ok: true, way: 'password' }
}

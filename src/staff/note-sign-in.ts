import type { DbOrTx } from '../platform/db'
import { auditStaff } from './audit-staff'
import type { SignInWay } from './session-store'
import { markSignedIn } from './staff-store'

/** Writes down that a person is in now. */
export async function noteSignIn(
  db: DbOrTx,
  { staffId, way, now }: { staffId: number; way: SignInWay; now: Date },
): Promise<void> {
  await markSignedIn(db, staffId, now)
  await auditStaff(db, { action: 'staff.signed_in', about: staffId, now, details: { way } })
}

/** Why somebody was not let in, as it is written down. */
export type Refusal =
  | 'password'
  | 'locked'
  | 'code'
  | 'codes_locked'
  | 'passkey'
  | 'closed'
  | 'role'
  | 'branch'
  | 'claims'
  | 'email'
  | 'provider'

/** Writes down that somebody was not let in; nobody knows yet who it was. */
export const noteRefusal = (
  db: DbOrTx,
  { staffId, reason, now }: { staffId: number | null; reason: Refusal; now: Date },
): Promise<void> =>
  auditStaff(db, { action: 'staff.refused', about: staffId, by: 'system', now, details: { reason } })

import { type Db, inTransaction } from '../platform/db'
import { auditStaff } from './audit-staff'
import { noteSignIn } from './note-sign-in'
import type { SignInWay, StaffSession } from './session-store'
import { renewSession } from './staff-session'

/**
 * The person has proved to be themself: completes the sign-in that waited for it, or notes that a signed-in person
 * did so anew. @returns the session's new token
 */
export function enter(
  db: Db,
  { session, way, now }: { session: StaffSession; way: SignInWay; now: Date },
): Promise<string> {
  const staffId = session.staff.id
  return inTransaction(db, async (tx) => {
    const token = await renewSession(tx, session, { way, now })
    if (session.stage === 'open')
      await auditStaff(tx, { action: 'staff.confirmed', about: staffId, now, details: { way } })
    else await noteSignIn(tx, { staffId, way, now })
    return token
  })
}

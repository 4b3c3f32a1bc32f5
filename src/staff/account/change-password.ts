import type { Bus } from '../../platform/bus'
import { type Db, inTransaction } from '../../platform/db'
import { auditStaff } from '../audit-staff'
import { queueStaffMail } from '../mail/queue-staff-mail'
import { hashPassword } from '../password'
import { type PasswordFault, passwordFault } from '../password-rule'
import { type PasswordProof, proveByPassword } from '../prove-by-password'
import { deleteSessionsOf } from '../session-store'
import type { Staff } from '../staff'
import { tellSessionsEnded } from '../staff-session'
import { setPasswordHash } from '../staff-store'

export type ChangedPassword =
  { ok: true } | { ok: false; reason: PasswordFault } | Extract<PasswordProof, { ok: false }>

interface Change {
  staff: Staff
  sessionId: string
  current: string
  password: string
  now: Date
  bus: Bus
}

/** A signed-in person's own new password; their other sessions end. Wrong tries count as at the door. */
export async function changePassword(db: Db, change: Change): Promise<ChangedPassword> {
  const { staff, sessionId, current, password, now, bus } = change
  const proof = await proveByPassword(db, { staff, password: current, now })
  if (!proof.ok) return proof
  const fault = passwordFault(password, staff)
  if (fault) return { ok: false, reason: fault }
  const hash = await hashPassword(password)
  return inTransaction(db, async (tx) => {
    await setPasswordHash(tx, staff.id, hash)
    await deleteSessionsOf(tx, staff.id, { except: sessionId })
    await tellSessionsEnded(tx, bus, staff.id)
    await auditStaff(tx, { action: 'staff.password_set', about: staff.id, now, details: { by: 'change' } })
    await queueStaffMail(tx, { staffId: staff.id, kind: 'password_changed', now })
    return { ok: true }
  })
}

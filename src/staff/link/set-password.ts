import { type Db, inTransaction } from '../../platform/db'
import type { Bus } from '../../platform/bus'
import type { Keys } from '../../platform/keys'
import { auditStaff } from '../audit-staff'
import { queueStaffMail } from '../mail/queue-staff-mail'
import { hashPassword } from '../password'
import { type PasswordFault, passwordFault } from '../password-rule'
import { deleteSessionsOf } from '../session-store'
import { setPasswordHash } from '../staff-store'
import { tellSessionsEnded } from '../staff-session'
import { standingLink } from './staff-link'
import { takeLink } from './staff-link-store'

export type SetPassword = { ok: true } | { ok: false; reason: 'link' | PasswordFault }

/**
 * Gives an account the password that its person chose by the link of an e-mail, which is used up with that. Whoever
 * was signed in is signed out; a second factor stays as it was.
 */
export async function setPassword(
  db: Db,
  { token, password, now, keys, bus }: { token: string; password: string; now: Date; keys: Keys; bus: Bus },
): Promise<SetPassword> {
  const link = await standingLink(db, { token, keys, now })
  if (!link) return { ok: false, reason: 'link' }
  const fault = passwordFault(password, link)
  if (fault) return { ok: false, reason: fault }
  const hash = await hashPassword(password)
  const { staffId, kind } = link
  return inTransaction(db, async (tx) => {
    if (!(await takeLink(tx, link.id))) return { ok: false, reason: 'link' }
    await setPasswordHash(tx, staffId, hash)
    await deleteSessionsOf(tx, staffId)
    await tellSessionsEnded(tx, bus, staffId)
    await auditStaff(tx, { action: 'staff.password_set', about: staffId, now, details: { by: kind } })
    if (kind === 'reset') await queueStaffMail(tx, { staffId, kind: 'password_changed', now })
    return { ok: true }
  })
}

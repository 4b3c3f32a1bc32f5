import { type Db, inTransaction } from '../../platform/db'
import { auditStaff } from '../audit-staff'
import { queueLinkMail } from '../mail/queue-staff-mail'
import { resettableAccount } from './resettable-account'

/**
 * Sends a link to a new password to an address that has a local account with one; nothing to any other address.
 * Nobody who asks learns which it was.
 */
export async function askReset(db: Db, { email, now }: { email: string; now: Date }): Promise<void> {
  await inTransaction(db, async (tx) => {
    const staffId = await resettableAccount(tx, { email: email.trim().toLowerCase(), now })
    await auditStaff(tx, { action: 'staff.reset_asked', about: staffId ?? null, by: 'system', now })
    if (staffId !== undefined) await queueLinkMail(tx, { staffId, kind: 'reset', now })
  })
}

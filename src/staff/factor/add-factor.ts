import { type Db, inTransaction, type Tx } from '../../platform/db'
import { auditStaff } from '../audit-staff'
import { queueStaffMail } from '../mail/queue-staff-mail'
import { lockAccount } from './factor-store'

export type FactorKind = 'totp' | 'passkey'
export type AddedFactor = { ok: true } | { ok: false; reason: 'wrong' | 'known' }

/** Adds a second factor, writes it down and tells the person, who may not have been the one who did it. */
export function addFactor(
  db: Db,
  { staffId, kind, now }: { staffId: number; kind: FactorKind; now: Date },
  insert: (tx: Tx) => Promise<boolean>,
): Promise<AddedFactor> {
  return inTransaction(db, async (tx) => {
    await lockAccount(tx, staffId)
    if (!(await insert(tx))) return { ok: false, reason: 'known' }
    await auditStaff(tx, { action: 'staff.factor_added', about: staffId, now, details: { factor: kind } })
    await queueStaffMail(tx, { staffId, kind: 'factor_added', now })
    return { ok: true }
  })
}

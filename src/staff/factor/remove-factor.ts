import { type Db, inTransaction } from '../../platform/db'
import { auditStaff } from '../audit-staff'
import { queueStaffMail } from '../mail/queue-staff-mail'
import {
  countFactors,
  deletePasskey,
  deleteTotp,
  lockAccount,
  readFactors,
  replaceCodes,
} from './factor-store'

export type RemovedFactor = { ok: true } | { ok: false; reason: 'last' | 'unknown' }

/**
 * Takes one of the person's own factors away: the app (`totp`) or a passkey by its id. The last one stays where a
 * second factor is required; without any the recovery codes go, too.
 */
export function removeFactor(
  db: Db,
  { staffId, factor, required, now }: { staffId: number; factor: string; required: boolean; now: Date },
): Promise<RemovedFactor> {
  return inTransaction(db, async (tx) => {
    await lockAccount(tx, staffId)
    const factors = await readFactors(tx, staffId)
    const known = factor === 'totp' ? factors.totpSince : factors.passkeys.some(({ id }) => id === factor)
    if (!known) return { ok: false, reason: 'unknown' }
    const isLast = countFactors(factors) === 1
    if (isLast && required) return { ok: false, reason: 'last' }
    await (factor === 'totp' ? deleteTotp(tx, staffId) : deletePasskey(tx, staffId, factor))
    if (isLast) await replaceCodes(tx, staffId, [])
    await auditStaff(tx, {
      action: 'staff.factor_removed',
      about: staffId,
      now,
      details: { factor: factor === 'totp' ? 'totp' : 'passkey' },
    })
    await queueStaffMail(tx, { staffId, kind: 'factor_removed', now })
    return { ok: true }
  })
}

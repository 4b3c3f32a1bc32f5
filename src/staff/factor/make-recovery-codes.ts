import { type Db, inTransaction } from '../../platform/db'
import type { Keys } from '../../platform/keys'
import { auditStaff } from '../audit-staff'
import { countFactors, lockAccount, readFactors, replaceCodes } from './factor-store'
import { newRecoveryCodes, recoveryCodeHash } from './recovery-codes'

/** New recovery codes, shown this once; those before are worth nothing any more. Undefined without a second factor. */
export function makeRecoveryCodes(
  db: Db,
  { staffId, now, keys }: { staffId: number; now: Date; keys: Keys },
): Promise<readonly string[] | undefined> {
  const codes = newRecoveryCodes()
  const hashes = codes.map((code) => recoveryCodeHash(keys, staffId, code))
  return inTransaction(db, async (tx) => {
    await lockAccount(tx, staffId)
    if (countFactors(await readFactors(tx, staffId)) === 0) return undefined
    await replaceCodes(tx, staffId, hashes)
    await auditStaff(tx, { action: 'staff.codes_made', about: staffId, now })
    return codes
  })
}

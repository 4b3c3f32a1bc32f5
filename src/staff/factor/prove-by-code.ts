import type { Db } from '../../platform/db'
import type { Keys } from '../../platform/keys'
import {
  codeLockPolicy,
  countCodeTry,
  forgetCodeTries,
  readSealedSeed,
  takeCode,
  useStep,
} from './factor-store'
import { recoveryCodeHash } from './recovery-codes'
import { seedContext } from './seed-context'
import { stepOfCode } from './totp'

export type CodeProof =
  | { ok: true; way: 'totp' | 'recovery' }
  | { ok: false; reason: 'wrong' }
  | { ok: false; reason: 'locked'; lockedUntil: Date }

/**
 * Takes a code of the authenticator app, or a recovery code: each works once. Wrong codes of the app lock the app's
 * codes for a while; recovery codes cannot be guessed and are not locked, so that a way in always stays.
 */
export async function proveByCode(
  db: Db,
  { staffId, code, now, keys }: { staffId: number; code: string; now: Date; keys: Keys },
): Promise<CodeProof> {
  const typed = code.replace(/\s+/g, '')
  if (!/^[0-9]{6}$/.test(typed)) {
    const taken = await takeCode(db, staffId, recoveryCodeHash(keys, staffId, typed))
    return taken ? { ok: true, way: 'recovery' } : { ok: false, reason: 'wrong' }
  }
  const lockedUntil = await countCodeTry(db, { staffId, now, policy: codeLockPolicy })
  if (lockedUntil) return { ok: false, reason: 'locked', lockedUntil }
  const sealed = await readSealedSeed(db, staffId)
  const step = sealed && stepOfCode(keys.unseal(sealed, seedContext(staffId)), typed, now)
  if (step === undefined || !(await useStep(db, staffId, step))) return { ok: false, reason: 'wrong' }
  await forgetCodeTries(db, staffId)
  return { ok: true, way: 'totp' }
}

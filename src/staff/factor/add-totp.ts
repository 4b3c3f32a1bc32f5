import type { Db } from '../../platform/db'
import type { Keys } from '../../platform/keys'
import { type AddedFactor, addFactor } from './add-factor'
import { insertTotp } from './factor-store'
import { seedContext } from './seed-context'
import { newSeed, stepOfCode } from './totp'

const offeredMinutes = 30
const offerContext = (staffId: number) => `staff.totp.offer:${staffId}`

/** A seed that is not kept yet: it goes along with the form, sealed for this person and for half an hour. */
export function offerSeed(keys: Keys, staffId: number, now: Date): { seed: string; sealed: string } {
  const seed = newSeed()
  const sealed = keys.seal(JSON.stringify({ seed, at: now.getTime() }), offerContext(staffId))
  return { seed, sealed: sealed.toString('base64url') }
}

/** The seed of an offer; undefined when it was made up, is somebody else's or too old. */
export function offeredSeed(keys: Keys, staffId: number, sealed: string, now: Date): string | undefined {
  try {
    const offer = JSON.parse(keys.unseal(Buffer.from(sealed, 'base64url'), offerContext(staffId))) as {
      seed: string
      at: number
    }
    return now.getTime() - offer.at <= offeredMinutes * 60_000 ? offer.seed : undefined
  } catch {
    return undefined
  }
}

/** Keeps the offered seed once the person has shown a code of it. */
export async function addTotp(
  db: Db,
  { staffId, seed, code, now, keys }: { staffId: number; seed: string; code: string; now: Date; keys: Keys },
): Promise<AddedFactor> {
  const step = stepOfCode(seed, code.replace(/\s+/g, ''), now)
  if (step === undefined) return { ok: false, reason: 'wrong' }
  return addFactor(db, { staffId, kind: 'totp', now }, (tx) =>
    insertTotp(tx, { staffId, seed: keys.seal(seed, seedContext(staffId)), lastStep: step, now }),
  )
}

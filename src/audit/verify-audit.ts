import type { Db } from '../platform/db'
import type { Keys } from '../platform/keys'
import { chainBeginning } from './audit-cut'
import { chainAfter, countUnsealed } from './audit-store'
import type { ChainEnd } from './chain-end'
import { sealOf } from './seal-chain'

export interface AuditVerdict {
  /** Seals whose entry is there and unchanged, in an unbroken chain. */
  verified: number
  /** Entries written in the last moments, not sealed yet. */
  unsealed: number
  /** The first break, undefined when there is none. */
  broken?: {
    position: number
    why: 'seal_missing' | 'entry_missing' | 'entry_changed' | 'end_missing' | 'cut_forged'
  }
}

const pageSize = 5000

/**
 * Reads the whole chain again, from where it was cut when its oldest entries had been kept long enough. `kept` is an end of the chain that was noted outside the database: a chain cut
 * before it is broken too, though every seal left in it is right.
 */
export async function verifyAudit(db: Db, keys: Keys, kept: ChainEnd | undefined): Promise<AuditVerdict> {
  const beginning = await chainBeginning(db, keys)
  if (!beginning) return { verified: 0, unsealed: 0, broken: { position: 1, why: 'cut_forged' } }
  let { seal: before, position } = beginning
  const unsealed = await countUnsealed(db)
  const verdict = (broken?: AuditVerdict['broken']): AuditVerdict => ({
    verified: position - beginning.position,
    unsealed,
    ...(broken && { broken }),
  })
  for (;;) {
    const links = await chainAfter(db, position, pageSize)
    for (const link of links) {
      const expected = position + 1
      if (link.position !== expected) return verdict({ position: expected, why: 'seal_missing' })
      if (!link.fact) return verdict({ position: expected, why: 'entry_missing' })
      const seal = sealOf(keys, expected, before, link.fact)
      if (!seal.equals(link.seal)) return verdict({ position: expected, why: 'entry_changed' })
      if (kept?.position === expected && !kept.seal.equals(seal))
        return verdict({ position: expected, why: 'entry_changed' })
      before = seal
      position = expected
    }
    if (links.length < pageSize) break
  }
  if (kept && kept.position > position) return verdict({ position: position + 1, why: 'end_missing' })
  return verdict()
}

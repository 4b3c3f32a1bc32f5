import { type Db, inTransaction } from '../platform/db'
import type { Keys } from '../platform/keys'
import { highestSealed, insertSeals, lastSeal, lockChain, type Seal, unsealedFacts } from './audit-store'
import { noSeal, sealOf } from './seal-chain'

const mostAtOnce = 1000
/** How far behind the newest sealed entry one may come whose transaction took long. */
const latecomers = 100_000

/**
 * Adds the entries written since the last run to the chain, oldest first. Of several processes one does it.
 * @returns the end of the chain, to be kept outside the database; undefined while it is empty
 */
export async function sealAudit(db: Db, keys: Keys): Promise<Seal | undefined> {
  for (;;) {
    const { sealed, end } = await inTransaction(db, async (tx) => {
      if (!(await lockChain(tx))) return { sealed: 0, end: await lastSeal(tx) }
      let end = await lastSeal(tx)
      const facts = await unsealedFacts(tx, (await highestSealed(tx)) - latecomers, mostAtOnce)
      const seals = facts.map((fact): Seal => {
        const position = (end?.position ?? 0) + 1
        end = { position, entryId: fact.id, seal: sealOf(keys, position, end?.seal ?? noSeal, fact) }
        return end
      })
      if (seals.length > 0) await insertSeals(tx, seals)
      return { sealed: seals.length, end }
    })
    if (sealed < mostAtOnce) return end
  }
}

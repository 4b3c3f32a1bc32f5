import { timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import { type Db, type DbOrTx, inTransaction, type Tx } from '../platform/db'
import type { Keys } from '../platform/keys'
import { chainAfter, lockChain } from './audit-store'
import { noSeal, sealOf } from './seal-chain'
import type { ChainEnd } from './chain-end'

const mostAtOnce = 5000

/** Where the chain begins: after its last cut, or at its very beginning. Undefined: the note of the cut was forged. */
export async function chainBeginning(db: DbOrTx, keys: Keys): Promise<ChainEnd | undefined> {
  const cut = await db.selectFrom('audit_cut').select(['position', 'seal', 'mac']).executeTakeFirst()
  if (!cut) return { position: 0, seal: noSeal }
  const { position, seal, mac } = cut
  const right = macOf(keys, { position, seal })
  return mac.length === right.length && timingSafeEqual(mac, right) ? { position, seal } : undefined
}

const macOf = (keys: Keys, { position, seal }: ChainEnd): Buffer =>
  keys.lookupHash('audit cut', `${position} ${seal.toString('base64')}`)

/**
 * Removes the oldest entries, as far as all of them are older than `before`, and notes under a MAC where the chain
 * begins now. What is removed is read again first: a record that somebody changed is never cut. The last entry stays.
 * @returns how many were removed
 */
export async function cutAudit(
  db: Db,
  keys: Keys,
  { before, now }: { before: Date; now: Date },
): Promise<number> {
  let removed = 0
  for (;;) {
    const count = await inTransaction(db, (tx) => cutOnce(tx, keys, { before, now }))
    removed += count
    if (count < mostAtOnce) return removed
  }
}

async function cutOnce(tx: Tx, keys: Keys, { before, now }: { before: Date; now: Date }): Promise<number> {
  if (!(await lockChain(tx))) return 0
  const beginning = await chainBeginning(tx, keys)
  if (!beginning) return 0
  const links = await chainAfter(tx, beginning.position, mostAtOnce + 1)
  let end = beginning
  // The last link that was read stays: it is what the chain goes on from
  for (const { position, seal, fact } of links.slice(0, -1)) {
    if (!fact || position !== end.position + 1 || fact.at >= before) break
    if (!sealOf(keys, position, end.seal, fact).equals(seal)) break
    end = { position, seal }
  }
  const removed = end.position - beginning.position
  if (removed > 0) await removeUpTo(tx, end, macOf(keys, end), now)
  return removed
}

async function removeUpTo(tx: Tx, { position, seal }: ChainEnd, mac: Buffer, now: Date): Promise<void> {
  await sql`select set_config('e_wizyta.audit_cut', 'on', true)`.execute(tx)
  const ids = await tx
    .deleteFrom('audit_seal')
    .where('position', '<=', position)
    .returning('entry_id')
    .execute()
  await sql`delete from audit_entry where id = any(${ids.map(({ entry_id }) => entry_id)}::bigint[])`.execute(
    tx,
  )
  await sql`
    insert into audit_cut (position, seal, mac, cut_at) values (${position}, ${seal}, ${mac}, ${now})
    on conflict (only_one) do update
      set position = excluded.position, seal = excluded.seal, mac = excluded.mac, cut_at = excluded.cut_at`.execute(
    tx,
  )
  await sql`select set_config('e_wizyta.audit_cut', 'off', true)`.execute(tx)
}

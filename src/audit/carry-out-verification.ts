import { sql } from 'kysely'
import { type Db, inTransaction } from '../platform/db'
import type { Keys } from '../platform/keys'
import { appendAudit } from './append-audit'
import { readChainState } from './chain-state'
import { readKeptEnd } from './kept-end'
import { verifyAudit } from './verify-audit'

/**
 * Reads the whole record again, when somebody asked for it or `evenUnasked`, and writes down in the record itself
 * what came of it. Of several processes one does it.
 */
export async function carryOutVerification(
  db: Db,
  {
    keys,
    dataFolder,
    now,
    evenUnasked = false,
  }: { keys: Keys; dataFolder: string; now: () => Date; evenUnasked?: boolean },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { rows } = await sql<{ locked: boolean }>`
      select pg_try_advisory_xact_lock(hashtext('audit verification')) as locked`.execute(tx)
    if (rows[0]?.locked !== true) return
    if (!evenUnasked && (await readChainState(tx)).askedAt === null) return
    const { verified, broken } = await verifyAudit(tx, keys, await readKeptEnd(dataFolder))
    await appendAudit(tx, {
      at: now(),
      actor: { kind: 'system' },
      action: 'audit.verified',
      details: { entries: verified, brokenAt: broken?.position ?? null, why: broken?.why ?? null },
    })
  })
}

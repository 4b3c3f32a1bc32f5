import type { DbOrTx } from '../platform/db'
import type { AuditAction } from './audit-action'

/** How the record stands: until where it is sealed, and what the last verification said. */
export interface ChainState {
  lastSealed: { position: number; at: Date } | null
  /** Somebody asked for a verification that is not done yet. */
  askedAt: Date | null
  verified: { at: Date; entries: number; brokenAt: number | null; why: string | null } | null
}

export async function readChainState(db: DbOrTx): Promise<ChainState> {
  const [sealed, asked, verified] = await Promise.all([
    db
      .selectFrom('audit_seal')
      .innerJoin('audit_entry', 'audit_entry.id', 'audit_seal.entry_id')
      .select(['position', 'at'])
      .orderBy('position', 'desc')
      .limit(1)
      .executeTakeFirst(),
    lastEntry(db, 'audit.verify_asked'),
    lastEntry(db, 'audit.verified'),
  ])
  const said = (verified?.details ?? {}) as {
    entries?: number
    brokenAt?: number | null
    why?: string | null
  }
  return {
    lastSealed: sealed ?? null,
    askedAt: asked && (!verified || verified.id < asked.id) ? asked.at : null,
    verified: verified
      ? {
          at: verified.at,
          entries: said.entries ?? 0,
          brokenAt: said.brokenAt ?? null,
          why: said.why ?? null,
        }
      : null,
  }
}

const lastEntry = (db: DbOrTx, action: AuditAction) =>
  db
    .selectFrom('audit_entry')
    .select(['id', 'at', 'details'])
    .where('action', '=', action)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

import { sql } from 'kysely'
import type { Warning } from '../contract/signalling'
import type { IdentityResult } from '../contract/visit-matters'
import type { DbOrTx } from '../platform/db'

/** What a room shows beside the visit's row. */
export interface VisitExtras {
  warnings: Warning[]
  identity: IdentityResult | null
  officerName: string | null
}

/** One query, because every room that changes asks for it. */
export async function readVisitExtras(
  db: DbOrTx,
  { id, officer_id: officerId }: { id: string; officer_id: number | null },
): Promise<VisitExtras> {
  const { rows } = await sql<{
    warnings: { id: string; reason: Warning['reason']; given_at: string; seen_at: string | null }[] | null
    identity: IdentityResult | null
    officer: string | null
  }>`
    select
      (select json_agg(json_build_object('id', id, 'reason', reason, 'given_at', given_at, 'seen_at', seen_at)
        order by given_at, id) from warning where visit_id = ${id}) as warnings,
      (select result from identity_check where visit_id = ${id} and undone_at is null) as identity,
      (select name from staff where staff.id = ${officerId}) as officer`.execute(db)
  const row = rows[0]
  return {
    warnings: (row?.warnings ?? []).map((warning) => ({
      id: warning.id,
      reason: warning.reason,
      givenAt: new Date(warning.given_at).toISOString(),
      seenAt: warning.seen_at === null ? null : new Date(warning.seen_at).toISOString(),
    })),
    identity: row?.identity ?? null,
    officerName: row?.officer ?? null,
  }
}

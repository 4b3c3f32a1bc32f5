import { sql } from 'kysely'
import { journalCloseCodes } from '../contract/close-codes'
import type { DbOrTx } from '../platform/db'

/** What decides over the journals of a visit. */
export interface SessionStanding {
  consent: boolean
  inProgress: boolean
  officerId: number | null
  /** The session that was opened last: the page that records now. Others bring what was left over. */
  newest: string | null
}

export async function readStandings(
  db: DbOrTx,
  visitIds: readonly string[],
): Promise<Map<string, SessionStanding>> {
  if (visitIds.length === 0) return new Map()
  const { rows } = await sql<SessionStanding & { id: string }>`
    select id, recording_consent as consent, state = 'in_progress' as "inProgress", officer_id as "officerId",
      (select session.id from recording_session session where session.visit_id = visit.id
        order by session.place desc limit 1) as newest
    from visit where id = any(${[...new Set(visitIds)]})`.execute(db)
  return new Map(rows.map(({ id, ...standing }) => [id, standing]))
}

/**
 * Why a journal takes nothing more, as the code that its socket is closed with. Without consent what waits on the
 * computer goes as well; a colleague's visit goes on without this page, whose left-overs may come after its end.
 */
export function closedBy(
  { consent, inProgress, officerId }: SessionStanding,
  staffId: number,
): number | undefined {
  if (!consent) return journalCloseCodes.erased
  return inProgress && officerId !== staffId ? journalCloseCodes.refused : undefined
}

import { sql } from 'kysely'
import type { DbOrTx } from '../platform/db'
import type { Chapter, VisitFacts } from './build-index'
import { canonicalJson } from './canonical-json'
import { digestOfText } from './manifest'

/** What the database tells about a visit that belongs on its recording's time line. */
export async function readVisitFacts(db: DbOrTx, visitId: string, startedAt: Date): Promise<VisitFacts> {
  const visit = await db
    .selectFrom('visit')
    .select(['started_at', 'ended_at'])
    .where('id', '=', visitId)
    .executeTakeFirstOrThrow()
  const { rows } = await sql<{ at: Date; kind: Chapter['kind'] }>`
    select decided_at as at, 'identity_' || result as kind from identity_check
      where visit_id = ${visitId} and result <> 'not_needed'
    union all select undone_at, 'identity_undone' from identity_check
      where visit_id = ${visitId} and undone_at is not null
    union all select accepted_at, 'application' from application where visit_id = ${visitId}
    union all select confirmed_at, 'profile' from profile_confirmation where visit_id = ${visitId}
    union all select given_at, 'warning' from warning where visit_id = ${visitId}
    union all select chosen_at, 'unrecorded' from recording_choice
      where visit_id = ${visitId} and choice = 'continue'
    union all select at, 'taken_over' from audit_entry
      where action = 'visit.taken_over' and subject_kind = 'visit' and subject_id = ${visitId}
    order by at, kind`.execute(db)
  const chapters: Chapter[] = [{ at: visit.started_at ?? startedAt, kind: 'start' }, ...rows]
  if (visit.ended_at) chapters.push({ at: visit.ended_at, kind: 'end' })
  return { startedAt: visit.started_at ?? startedAt, endedAt: visit.ended_at, chapters }
}

/** SHA-256 over what the officer chose when the recording was interrupted. */
export async function choicesDigest(db: DbOrTx, visitId: string): Promise<string> {
  const rows = await db
    .selectFrom('recording_choice')
    .select(['id', 'staff_id', 'choice', 'reason', 'chosen_at'])
    .where('visit_id', '=', visitId)
    .orderBy('id')
    .execute()
  return digestOfText(
    canonicalJson(
      rows.map(({ id, staff_id: staff, choice, reason, chosen_at: at }) => ({
        id,
        staff,
        choice,
        reason: reason?.toString('hex') ?? null,
        at: at.toISOString(),
      })),
    ),
  )
}

import { sql } from 'kysely'
import type { DbOrTx } from '../platform/db'

/** Where a page of entries ends; the next one begins behind it. */
export interface EntryKey {
  at: Date
  id: number
}

export interface EntryFilter {
  /** Null: of all branches, and what belongs to none. */
  branchIds: readonly number[] | null
  from: Date | null
  /** Not included. */
  to: Date | null
  actor: { kind: 'client' | 'system' } | { kind: 'staff'; staffId: number | null } | null
  action: string | null
  /** Any of these. */
  subjects: readonly { kind: string; id: string }[] | null
}

export interface FoundEntry extends EntryKey {
  actor: string
  staffId: number | null
  /** Null when nobody of the staff did it. */
  staffName: string | null
  action: string
  subjectKind: string | null
  subjectId: string | null
  branchId: number | null
  details: Readonly<Record<string, string | number | boolean | null>>
}

/** Entries that pass the filter, the newest first, behind a key; each filter has an index in the order of time. */
export async function findEntries(
  db: DbOrTx,
  filter: EntryFilter,
  { after, limit }: { after: EntryKey | null; limit: number },
): Promise<FoundEntry[]> {
  const { branchIds, from, to, actor, action, subjects } = filter
  const { rows } = await sql<FoundEntry>`
    select entry.id, at, actor, staff_id as "staffId", staff.name as "staffName", action,
      subject_kind as "subjectKind", subject_id as "subjectId", entry.branch_id as "branchId", details
    from audit_entry as entry left join staff on staff.id = entry.staff_id
    where true
      ${branchIds === null ? sql`` : sql`and entry.branch_id = any(${[...branchIds]}::int[])`}
      ${from === null ? sql`` : sql`and at >= ${from}`}
      ${to === null ? sql`` : sql`and at < ${to}`}
      ${actor === null ? sql`` : sql`and actor = ${actor.kind}`}
      ${actor?.kind === 'staff' && actor.staffId !== null ? sql`and staff_id = ${actor.staffId}` : sql``}
      ${action === null ? sql`` : sql`and action = ${action}`}
      ${subjects === null ? sql`` : ofSubjects(subjects)}
      ${after === null ? sql`` : sql`and (at, entry.id) < (${after.at}, ${after.id})`}
    order by at desc, entry.id desc
    limit ${limit}`.execute(db)
  return rows
}

const ofSubjects = (subjects: readonly { kind: string; id: string }[]) => sql`
  and (subject_kind, subject_id) in (
    select * from unnest(${subjects.map(({ kind }) => kind)}::text[], ${subjects.map(({ id }) => id)}::text[])
  )`

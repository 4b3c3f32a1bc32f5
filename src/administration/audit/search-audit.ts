import { appendAudit } from '../../audit/append-audit'
import { type AuditAction, type AuditDetails, daySubject } from '../../audit/audit-action'
import { type EntryFilter, type EntryKey, findEntries, type FoundEntry } from '../../audit/find-entries'
import type { Db } from '../../platform/db'
import { addDays, dayOf, instantAt } from '../../platform/zone'
import { mayAnywhere } from '../../staff/may'
import type { Staff } from '../../staff/staff'
import type { AuditFilter } from './audit-filter'
import { type Names, readNames } from './read-names'

export const entriesPerPage = 50

export interface AuditQuestion {
  staff: Staff
  filter: AuditFilter
  timeZone: string
  now: Date
}

export type AuditAnswer =
  | { ok: true; entries: FoundEntry[]; more: boolean; names: Names }
  | { ok: false; reason: 'not_allowed' | 'unknown_visit' }

/** One page of entries, the newest first; that somebody searched is written down after it was read. */
export async function searchAudit(
  db: Db,
  { after, ...question }: AuditQuestion & { after: EntryKey | null },
): Promise<AuditAnswer> {
  const asked = await askedOf(db, question)
  if (!asked.ok) return asked
  const found = await findEntries(db, asked.filter, { after, limit: entriesPerPage + 1 })
  const entries = found.slice(0, entriesPerPage)
  await auditSearch(db, question, { action: 'audit.searched', subject: asked.visit })
  return { ok: true, entries, more: found.length > entriesPerPage, names: await readNames(db, entries) }
}

const batch = 2000

/** Every entry that passes the filter, in batches, for a file. Written down before the first is read. */
export async function exportAudit(
  db: Db,
  { format, ...question }: AuditQuestion & { format: 'csv' | 'jsonl' },
): Promise<
  | { ok: true; batches: AsyncGenerator<{ entries: FoundEntry[]; names: Names }> }
  | { ok: false; reason: 'not_allowed' | 'unknown_visit' }
> {
  const asked = await askedOf(db, question)
  if (!asked.ok) return asked
  await auditSearch(db, question, { action: 'audit.exported', subject: asked.visit, details: { format } })
  async function* batches(filter: EntryFilter) {
    let after: EntryKey | null = null
    for (;;) {
      const entries: FoundEntry[] = await findEntries(db, filter, { after, limit: batch })
      if (entries.length > 0) yield { entries, names: await readNames(db, entries) }
      after = entries.at(-1) ?? null
      if (entries.length < batch) return
    }
  }
  return { ok: true, batches: batches(asked.filter) }
}

type Subject = { kind: string; id: string }

interface Asked {
  ok: true
  filter: EntryFilter
  /** The one visit that is asked for. */
  visit: Subject | undefined
}

async function askedOf(
  db: Db,
  { staff, filter, timeZone }: AuditQuestion,
): Promise<Asked | { ok: false; reason: 'not_allowed' | 'unknown_visit' }> {
  if (!mayAnywhere(staff, 'see_audit')) return { ok: false, reason: 'not_allowed' }
  const { branchId, from, to, number, actor, action } = filter
  if (staff.branchId !== null && branchId !== null && branchId !== staff.branchId)
    return { ok: false, reason: 'not_allowed' }
  const subjects = number === null ? null : await subjectsOfVisit(db, number, timeZone)
  if (subjects === undefined) return { ok: false, reason: 'unknown_visit' }
  const only = branchId ?? staff.branchId
  return {
    ok: true,
    visit: subjects?.[0],
    filter: {
      ...{ actor, action, subjects },
      branchIds: only === null ? null : [only],
      from: from === null ? null : instantAt(from, '00:00', timeZone),
      to: to === null ? null : instantAt(addDays(to, 1), '00:00', timeZone),
    },
  }
}

/** A visit, and the list of its branch and day: who saw that list saw it, too. */
async function subjectsOfVisit(db: Db, number: string, timeZone: string) {
  const visit = await db
    .selectFrom('visit')
    .select(['id', 'branch_id', 'starts_at'])
    .where('number', '=', number)
    .executeTakeFirst()
  return (
    visit && [{ kind: 'visit', id: visit.id }, daySubject(visit.branch_id, dayOf(visit.starts_at, timeZone))]
  )
}

/** Writes down codes and numbers of the filter, and the visit as the subject. */
const auditSearch = (
  db: Db,
  { staff, filter, now }: AuditQuestion,
  { action, subject, details }: { action: AuditAction; subject: Subject | undefined; details?: AuditDetails },
): Promise<void> =>
  appendAudit(db, {
    at: now,
    actor: { kind: 'staff', staffId: staff.id },
    action,
    ...(subject && { subject }),
    ...(filter.branchId !== null && { branchId: filter.branchId }),
    details: {
      ...details,
      from: filter.from,
      to: filter.to,
      action: filter.action,
      person: filter.actor?.kind === 'staff' ? filter.actor.staffId : (filter.actor?.kind ?? null),
    },
  })

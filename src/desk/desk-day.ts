import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Client, nameOf, unsealClient } from '../message/sealed-client'
import type { DeskVisit } from '../contract/desk-live'
import { overallVerdict } from '../contract/device-check'
import type { Directory } from '../institution/directory'
import type { DbOrTx } from '../platform/db'
import type { Translator } from '../platform/i18n/translator'
import type { Keys } from '../platform/keys'
import { addDays, type Day, instantAt } from '../platform/zone'
import { deviceReport } from '../visit/device-report'
import { deviceRemarks } from '../visit/device-words'
import { clientIsPresent } from '../visit/presence-store'

/** What reading visits for the desk needs. */
export interface DeskReading {
  keys: Keys
  directory: Directory
  texts: Translator
  now: Date
}

/** All visits of a branch on a calendar day, cancelled ones too, by time. One query, whatever their number. */
export async function readDeskDay(
  db: DbOrTx,
  { branchId, day, ...parts }: DeskReading & { branchId: number; day: Day },
): Promise<DeskVisit[]> {
  const { timeZone } = parts.directory.institution
  const rows = await deskRows(db, parts.now)
    .where('visit.branch_id', '=', branchId)
    .where('visit.starts_at', '>=', instantAt(day, '00:00', timeZone))
    .where('visit.starts_at', '<', instantAt(addDays(day, 1), '00:00', timeZone))
    .orderBy('visit.starts_at')
    .orderBy('visit.booked_at')
    .orderBy('visit.id')
    .execute()
  return rows.map((row) => deskVisitOf(row, parts))
}

/** One visit as the list shows it; undefined when it is gone. */
export async function readDeskVisit(
  db: DbOrTx,
  { visitId, ...parts }: DeskReading & { visitId: string },
): Promise<DeskVisit | undefined> {
  const row = await deskRows(db, parts.now).where('visit.id', '=', visitId).executeTakeFirst()
  return row && deskVisitOf(row, parts)
}

/** The branch's visit with this number; undefined when it has none. */
export async function readDeskVisitByNumber(
  db: DbOrTx,
  { branchId, number, ...parts }: DeskReading & { branchId: number; number: string },
): Promise<DeskVisit | undefined> {
  const row = await deskRows(db, parts.now)
    .where('visit.branch_id', '=', branchId)
    .where('visit.number', '=', number)
    .executeTakeFirst()
  return row && deskVisitOf(row, parts)
}

/** Opened at once, before others get their turn. */
const openedAtOnce = 500

/** The branch's visits of a time whose sealed client passes; yields to others while it opens them. */
export async function readDeskVisits(
  db: DbOrTx,
  {
    branchId,
    from,
    to,
    only,
    ...parts
  }: DeskReading & { branchId: number; from: Date; to: Date; only: (client: Client) => boolean },
): Promise<DeskVisit[]> {
  const sealed = await db
    .selectFrom('visit')
    .select(['id', 'client'])
    .where('branch_id', '=', branchId)
    .where('starts_at', '>=', from)
    .where('starts_at', '<', to)
    .execute()
  const ids: string[] = []
  for (const [index, { id, client }] of sealed.entries()) {
    if (only(unsealClient(parts.keys, id, client))) ids.push(id)
    if (index % openedAtOnce === openedAtOnce - 1) await setImmediate()
  }
  if (ids.length === 0) return []
  const rows = await deskRows(db, parts.now).where('visit.id', 'in', ids.slice(0, mostRows)).execute()
  return rows.map((row) => deskVisitOf(row, parts))
}

/** Far more than anybody reads. */
const mostRows = 1000

/** How many visits of the branch are still to come, by day. */
export async function countComingVisits(
  db: DbOrTx,
  { branchId, from, to, timeZone }: { branchId: number; from: Date; to: Date; timeZone: string },
): Promise<Map<Day, number>> {
  const rows = await db
    .selectFrom('visit')
    .select((of) => [
      sql<Day>`to_char(starts_at at time zone ${timeZone}, 'YYYY-MM-DD')`.as('day'),
      of.fn.countAll<string>().as('visits'),
    ])
    .where('branch_id', '=', branchId)
    .where('starts_at', '>=', from)
    .where('starts_at', '<', to)
    .where('state', 'in', ['booked', 'waiting', 'in_progress'])
    .groupBy('day')
    .execute()
  return new Map(rows.map(({ day, visits }) => [day, Number(visits)]))
}

/** The start of the next visit of the branch that is still to come, on one of the topics. */
export async function nextVisitAfter(
  db: DbOrTx,
  { branchId, topicIds, after }: { branchId: number; topicIds: readonly number[]; after: Date },
): Promise<Date | null> {
  if (topicIds.length === 0) return null
  const row = await db
    .selectFrom('visit')
    .select('starts_at')
    .where('branch_id', '=', branchId)
    .where('topic_id', 'in', topicIds)
    .where('state', 'in', ['booked', 'waiting'])
    .where('starts_at', '>', after)
    .orderBy('starts_at')
    .limit(1)
    .executeTakeFirst()
  return row?.starts_at ?? null
}

const deskRows = (db: DbOrTx, now: Date) =>
  db
    .selectFrom('visit')
    .leftJoin('staff', 'staff.id', 'visit.officer_id')
    .select(['visit.id', 'visit.number', 'visit.starts_at', 'visit.ends_at', 'visit.topic_id'])
    .select([
      'visit.client',
      'visit.language',
      'visit.recording_consent',
      'visit.state',
      'visit.state_reason',
    ])
    .select(['visit.waiting_since', 'visit.started_at', 'visit.officer_id'])
    .leftJoin('device_check', 'device_check.visit_id', 'visit.id')
    .select('staff.name as officer')
    .select('device_check.results as device_results')
    .select(clientIsPresent(now).as('client_present'))

type DeskRow = Awaited<ReturnType<ReturnType<typeof deskRows>['executeTakeFirstOrThrow']>>

function deskVisitOf(row: DeskRow, { keys, directory, texts }: DeskReading): DeskVisit {
  const client = unsealClient(keys, row.id, row.client)
  const { guardian } = client
  const report = row.device_results === null ? null : deviceReport.parse(row.device_results)
  return {
    id: row.id,
    number: row.number,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    topic: directory.topicById(row.topic_id)?.texts.pl.name ?? '',
    topicId: row.topic_id,
    client: nameOf(client) || texts.t('ui.erased'),
    guardian: guardian && nameOf(guardian),
    language: row.language,
    recordingConsent: row.recording_consent,
    device: report && { verdict: overallVerdict(report), remarks: deviceRemarks(texts, report) },
    state: row.state,
    reason: row.state_reason,
    clientPresent: row.client_present,
    waitingSince: row.waiting_since?.toISOString() ?? null,
    startedAt: row.started_at?.toISOString() ?? null,
    officerId: row.officer_id,
    officer: row.officer,
  }
}

import { sql } from 'kysely'
import type { Directory } from '../institution/directory'
import { readClient } from '../booking/visit-links'
import type { Db } from '../platform/db'
import type { Keys } from '../platform/keys'
import { addDays, type Day, instantAt } from '../platform/zone'
import { may } from '../staff/may'
import type { Staff } from '../staff/staff'
import { type KeptRecording, readSummary, type ShownState, shownState } from './kept-recording'

export const listedStates = ['finalising', 'ready', 'gaps', 'failed', 'held', 'erased'] as const
export type ListedState = (typeof listedStates)[number]

export interface RecordingFilter {
  branchId: number | null
  from: Day | null
  to: Day | null
  number: string | null
  topicId: number | null
  state: ListedState | null
  /** From 1 on. */
  page: number
}

export interface ListedRecording extends Pick<
  KeptRecording,
  'visitId' | 'branchId' | 'topicId' | 'keepUntil' | 'heldAt' | 'summary'
> {
  number: string
  /** Null for a role that sees no names of clients at the desk; empty when the data were erased. */
  client: string | null
  officer: string | null
  startedAt: Date
  shown: ShownState
}

export const recordingsPerPage = 25

/** What the state of a list asks of a row. */
const conditions: Record<ListedState, ReturnType<typeof sql<boolean>>> = {
  finalising: sql<boolean>`recording.state = 'open'`,
  ready: sql<boolean>`recording.state = 'ready' and coalesce(jsonb_array_length(summary -> 'gaps'), 0) = 0`,
  gaps: sql<boolean>`recording.state = 'ready' and jsonb_array_length(summary -> 'gaps') > 0`,
  failed: sql<boolean>`recording.state = 'failed'`,
  held: sql<boolean>`held_at is not null`,
  erased: sql<boolean>`recording.state = 'erased'`,
}

/** A page of the recordings of the given branches, newest first, and whether there are more. */
export async function findRecordings(
  db: Db,
  {
    staff,
    branchIds,
    filter,
    keys,
    directory,
  }: {
    staff: Staff
    branchIds: readonly number[]
    filter: RecordingFilter
    keys: Keys
    directory: Directory
  },
): Promise<{ recordings: ListedRecording[]; more: boolean }> {
  const { timeZone } = directory.institution
  const { from, to, number, topicId, state, page } = filter
  const rows = await db
    .selectFrom('recording')
    .innerJoin('visit', 'visit.id', 'recording.visit_id')
    .leftJoin('staff', 'staff.id', 'visit.officer_id')
    .where('recording.branch_id', 'in', branchIds)
    .$if(from !== null, (query) =>
      query.where('recording.started_at', '>=', instantAt(from ?? '', '00:00', timeZone)),
    )
    .$if(to !== null, (query) =>
      query.where('recording.started_at', '<', instantAt(addDays(to ?? '', 1), '00:00', timeZone)),
    )
    .$if(number !== null, (query) => query.where('visit.number', '=', number))
    .$if(topicId !== null, (query) => query.where('recording.topic_id', '=', topicId))
    .$if(state !== null, (query) => query.where(conditions[state ?? 'ready']))
    .select([
      'visit.id',
      'visit.number',
      'visit.client',
      'recording.branch_id as branchId',
      'recording.topic_id as topicId',
      'recording.started_at as startedAt',
      'recording.keep_until as keepUntil',
      'recording.held_at as heldAt',
      'recording.state',
      'recording.summary',
      'staff.name as officer',
    ])
    .orderBy('recording.started_at', 'desc')
    .orderBy('recording.visit_id')
    .limit(recordingsPerPage + 1)
    .offset((page - 1) * recordingsPerPage)
    .execute()
  const recordings = rows.slice(0, recordingsPerPage).map((row): ListedRecording => {
    const summary = readSummary(row.summary)
    const { id, number, branchId, topicId, startedAt, keepUntil, heldAt, officer } = row
    const client = may(staff, 'see_visit', branchId) ? clientName(keys, row) : null
    const shown = shownState({ state: row.state, summary })
    return {
      visitId: id,
      number,
      branchId,
      topicId,
      startedAt,
      keepUntil,
      heldAt,
      officer,
      client,
      summary,
      shown,
    }
  })
  return { recordings, more: rows.length > recordingsPerPage }
}

export function clientName(keys: Keys, visit: Parameters<typeof readClient>[1]): string {
  const { firstName, lastName } = readClient(keys, visit)
  return `${firstName} ${lastName}`.trim()
}

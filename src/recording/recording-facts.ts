import { readVisit } from '../booking/read-visit'
import type { RecordingSummary } from '../contract/recording-index'
import type { Db } from '../platform/db'
import type { Keys } from '../platform/keys'
import { may } from '../staff/may'
import type { Staff } from '../staff/staff'
import { staffName } from '../staff/staff-name'
import { clientName } from './find-recordings'
import { readHoldReason } from './hold-recording'
import { type KeptRecording, type ShownState, shownState } from './kept-recording'
import { readViews, type RegisteredView } from './view-recording'

export interface RecordingFacts {
  recording: KeptRecording
  shown: ShownState
  summary: RecordingSummary | null
  number: string
  client: string | null
  officer: string | null
  choices: { at: Date; officer: string; choice: 'wait' | 'continue'; reason: string }[]
  views: RegisteredView[]
  hold: { at: Date; name: string; reason: string } | null
  erasure: { at: Date; name: string | null; reason: string; gone: boolean } | null
  mayKeep: boolean
}

/** Everything that the page of a recording tells to this person. */
export async function readRecordingFacts(
  db: Db,
  { recording, staff, keys }: { recording: KeptRecording; staff: Staff; keys: Keys },
): Promise<RecordingFacts> {
  const { visitId, branchId, summary } = recording
  const mayKeep = may(staff, 'keep_recording', branchId)
  const visit = await readVisit(db, visitId)
  if (!visit) throw new Error('A recording without its visit')
  return {
    recording,
    shown: shownState(recording),
    summary,
    number: visit.number,
    client: may(staff, 'see_visit', branchId) ? clientName(keys, visit) : null,
    officer: await staffName(db, visit.officer_id),
    choices: await readChoices(db, visitId, keys),
    views: await readViews(db, { visitId, keys, withReasons: mayKeep }),
    hold: await readHold(db, visitId, keys),
    erasure: await readErasure(db, visitId, keys),
    mayKeep,
  }
}

async function readChoices(db: Db, visitId: string, keys: Keys): Promise<RecordingFacts['choices']> {
  const rows = await db
    .selectFrom('recording_choice')
    .innerJoin('staff', 'staff.id', 'recording_choice.staff_id')
    .where('visit_id', '=', visitId)
    .select(['recording_choice.id', 'chosen_at as at', 'staff.name as officer', 'choice', 'reason'])
    .orderBy('chosen_at')
    .execute()
  return rows.map(({ id, at, officer, choice, reason }) => ({
    at,
    officer,
    choice: choice === 'continue' ? 'continue' : 'wait',
    reason: reason ? keys.unseal(reason, `recording.choice:${id}`) : '',
  }))
}

async function readHold(db: Db, visitId: string, keys: Keys): Promise<RecordingFacts['hold']> {
  const row = await db
    .selectFrom('recording')
    .innerJoin('staff', 'staff.id', 'recording.held_by')
    .where('visit_id', '=', visitId)
    .select(['hold_reason as reason', 'held_at as at', 'staff.name'])
    .executeTakeFirst()
  return row?.at && row.reason
    ? { at: row.at, name: row.name, reason: readHoldReason(keys, visitId, row.reason) }
    : null
}

async function readErasure(db: Db, visitId: string, keys: Keys): Promise<RecordingFacts['erasure']> {
  const row = await db
    .selectFrom('recording_erasure')
    .leftJoin('staff', 'staff.id', 'recording_erasure.staff_id')
    .where('visit_id', '=', visitId)
    .select(['erased_at as at', 'staff.name', 'reason', 'bytes_gone_at as goneAt'])
    .executeTakeFirst()
  return row
    ? {
        at: row.at,
        name: row.name,
        reason: row.reason ? keys.unseal(row.reason, `recording.erasure:${visitId}`) : '',
        gone: row.goneAt !== null,
      }
    : null
}

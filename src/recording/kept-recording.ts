import { appendAudit } from '../audit/append-audit'
import { recordingSummary, type RecordingSummary } from '../contract/recording-index'
import type { DbOrTx } from '../platform/db'
import { may, type StaffAction } from '../staff/may'
import type { Staff } from '../staff/staff'

/** A recording as it stands, for those who watch and keep it. */
export interface KeptRecording {
  visitId: string
  branchId: number
  topicId: number
  wrappedKey: Buffer | null
  /** Files of this run are valid; null: none were made yet. */
  run: string | null
  state: string
  /** Why its files could not be made the last time; null when they could. */
  finaliseError: string | null
  startedAt: Date
  keepUntil: Date
  heldAt: Date | null
  summary: RecordingSummary | null
}

/** What a list says of it, worst and most lasting first. */
export type ShownState = 'erased' | 'finalising' | 'failed' | 'gaps' | 'ready'

export function shownState({ state, summary }: Pick<KeptRecording, 'state' | 'summary'>): ShownState {
  if (state === 'erased' || state === 'failed') return state
  if (state !== 'ready') return 'finalising'
  return (summary?.gaps.length ?? 0) > 0 ? 'gaps' : 'ready'
}

const columns = [
  'visit_id as visitId',
  'branch_id as branchId',
  'topic_id as topicId',
  'wrapped_key as wrappedKey',
  'finalised_run as run',
  'state',
  'finalise_error as finaliseError',
  'started_at as startedAt',
  'keep_until as keepUntil',
  'held_at as heldAt',
  'summary',
] as const

/** A summary that cannot be read says nothing rather than something wrong. */
export const readSummary = (stored: unknown): RecordingSummary | null =>
  recordingSummary.safeParse(stored).data ?? null

export async function readKept(db: DbOrTx, visitId: string): Promise<KeptRecording | undefined> {
  const row = await db
    .selectFrom('recording')
    .select(columns)
    .where('visit_id', '=', visitId)
    .executeTakeFirst()
  return row && { ...row, summary: readSummary(row.summary) }
}

/** The same with its row locked, for a change of it. */
export async function lockKept(tx: DbOrTx, visitId: string): Promise<KeptRecording | undefined> {
  const row = await tx
    .selectFrom('recording')
    .select(columns)
    .where('visit_id', '=', visitId)
    .forUpdate()
    .executeTakeFirst()
  return row && { ...row, summary: readSummary(row.summary) }
}

/** Why somebody was turned away. */
export type RecordingRefusal =
  'unknown' | 'not_allowed' | 'erased' | 'not_ready' | 'view_unknown' | 'view_expired' | 'no_download'

/** Writes down that somebody was turned away; `visitId` only of a recording that there is. */
export const auditRefusal = (
  db: DbOrTx,
  {
    staff,
    what,
    why,
    recording,
    now,
  }: {
    staff: Staff
    what: 'list' | 'page' | 'view' | 'file' | 'package' | 'hold' | 'erase' | 'seek'
    why: RecordingRefusal
    recording?: Pick<KeptRecording, 'visitId' | 'branchId'> | undefined
    now: Date
  },
): Promise<void> =>
  appendAudit(db, {
    at: now,
    actor: { kind: 'staff', staffId: staff.id },
    action: 'recording.refused',
    ...(recording && { subject: { kind: 'visit', id: recording.visitId }, branchId: recording.branchId }),
    details: { what, why },
  })

export const auditRecording = (
  db: DbOrTx,
  {
    staff,
    action,
    recording,
    details,
    now,
  }: {
    /** Null: the product itself. */
    staff: Pick<Staff, 'id'> | null
    action: `recording.${string}` & Parameters<typeof appendAudit>[1]['action']
    recording: Pick<KeptRecording, 'visitId' | 'branchId'>
    details?: Record<string, string | number | boolean | null>
    now: Date
  },
): Promise<void> =>
  appendAudit(db, {
    at: now,
    actor: staff ? { kind: 'staff', staffId: staff.id } : { kind: 'system' },
    action,
    subject: { kind: 'visit', id: recording.visitId },
    branchId: recording.branchId,
    ...(details && { details }),
  })

/** A recording of another branch is not even known. */
export const isSeenBy = (
  staff: Staff,
  recording: Pick<KeptRecording, 'branchId'>,
  action: StaffAction = 'watch_recording',
): boolean => may(staff, action, recording.branchId)

import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type Db, type DbOrTx, inTransaction } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Staff } from '../staff/staff'
import { holdsDocumentNumber } from '../visit/document-number'
import { auditRecording, isSeenBy, type KeptRecording, lockKept, readKept } from './kept-recording'

/** Longest reason, in characters. */
export const longestReason = 500
const shortestReason = 3
const viewHours = 4

export type ReasonRefusal = 'reason_missing' | 'reason_too_long' | 'document_number'

/** What is wrong with a reason that was typed; undefined when nothing is. */
export function refuseReason(reason: string): ReasonRefusal | undefined {
  if (reason.trim().length < shortestReason) return 'reason_missing'
  if (reason.trim().length > longestReason) return 'reason_too_long'
  return holdsDocumentNumber(reason) ? 'document_number' : undefined
}

const context = (viewId: string) => `recording.view:${viewId}`

export type OpenedView =
  { ok: true; viewId: string } | { ok: false; reason: ReasonRefusal | 'not_allowed' | 'erased' | 'not_ready' }

/** Lets somebody watch a recording for some hours, after the reason is written down. */
export function openView(
  db: Db,
  {
    visitId,
    staff,
    reason,
    now,
    keys,
  }: { visitId: string; staff: Staff; reason: string; now: Date; keys: Keys },
): Promise<OpenedView> {
  const viewId = randomUUID()
  return inTransaction<OpenedView>(db, async (tx) => {
    // Locked, so that no view is opened of a recording that is being erased
    const recording = await lockKept(tx, visitId)
    if (!recording || !isSeenBy(staff, recording)) return { ok: false, reason: 'not_allowed' }
    if (recording.wrappedKey === null) return { ok: false, reason: 'erased' }
    if (recording.run === null) return { ok: false, reason: 'not_ready' }
    const refusal = refuseReason(reason)
    if (refusal) return { ok: false, reason: refusal }
    await tx
      .insertInto('recording_view')
      .values({
        id: viewId,
        visit_id: visitId,
        staff_id: staff.id,
        reason: keys.seal(reason.trim(), context(viewId)),
        opened_at: now,
        expires_at: new Date(now.getTime() + viewHours * 3_600_000),
      })
      .execute()
    await auditRecording(tx, {
      staff,
      action: 'recording.watched',
      recording,
      details: { view: viewId },
      now,
    })
    return { ok: true, viewId }
  })
}

export type ValidView =
  | { ok: true; recording: KeptRecording & { wrappedKey: Buffer; run: string }; expiresAt: Date }
  | {
      ok: false
      reason: 'unknown' | 'not_allowed' | 'view_unknown' | 'view_expired' | 'erased' | 'not_ready'
      recording?: KeptRecording
    }

/** What a view opens at this moment: only to the person who gave the reason, and only while the role still may. */
export async function readView(
  db: DbOrTx,
  { visitId, viewId, staff, now }: { visitId: string; viewId: string; staff: Staff; now: Date },
): Promise<ValidView> {
  const recording = await readKept(db, visitId)
  if (!recording) return { ok: false, reason: 'unknown' }
  if (!isSeenBy(staff, recording)) return { ok: false, reason: 'not_allowed', recording }
  const view = await db
    .selectFrom('recording_view')
    .select('expires_at as expiresAt')
    .where('id', '=', viewId)
    .where('visit_id', '=', visitId)
    .where('staff_id', '=', staff.id)
    .executeTakeFirst()
  if (!view) return { ok: false, reason: 'view_unknown', recording }
  const { wrappedKey, run } = recording
  if (wrappedKey === null) return { ok: false, reason: 'erased', recording }
  if (now >= view.expiresAt) return { ok: false, reason: 'view_expired', recording }
  if (run === null) return { ok: false, reason: 'not_ready', recording }
  return { ok: true, recording: { ...recording, wrappedKey, run }, expiresAt: view.expiresAt }
}

/** Whether the file is read for the first time in this view; told once, whoever asks at the same moment. */
export async function isFirstRead(db: DbOrTx, viewId: string, name: string): Promise<boolean> {
  const first = await db
    .updateTable('recording_view')
    .set({ files_read: sql`array_append(files_read, ${name})` })
    .where('id', '=', viewId)
    .where(sql<boolean>`not ${name} = any(files_read)`)
    .returning('id')
    .executeTakeFirst()
  return first !== undefined
}

export interface RegisteredView {
  openedAt: Date
  name: string
  /** Null for those who need not know, and once it was erased. */
  reason: string | null
}

/** Who watched, newest first. Reasons may name people: they are opened only for who keeps the recordings. */
export async function readViews(
  db: DbOrTx,
  { visitId, keys, withReasons }: { visitId: string; keys: Keys; withReasons: boolean },
): Promise<RegisteredView[]> {
  const rows = await db
    .selectFrom('recording_view')
    .innerJoin('staff', 'staff.id', 'recording_view.staff_id')
    .where('visit_id', '=', visitId)
    .select(['recording_view.id', 'opened_at as openedAt', 'staff.name', 'reason'])
    .orderBy('opened_at', 'desc')
    .execute()
  return rows.map(({ id, openedAt, name, reason }) => ({
    openedAt,
    name,
    reason: withReasons && reason ? keys.unseal(reason, context(id)) : null,
  }))
}

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Bus } from '../platform/bus'
import { type Db, inTransaction, type Tx } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Staff } from '../staff/staff'
import type { KeepingAct } from './hold-recording'
import { type RecordingMessage, recordingTopic } from './journals'
import { auditRecording, isSeenBy, type KeptRecording, lockKept } from './kept-recording'
import { type ReasonRefusal, refuseReason } from './view-recording'

export type Erased =
  { ok: true } | { ok: false; reason: ReasonRefusal | 'not_allowed' | 'erased' | 'held' | 'in_progress' }

const context = (visitId: string) => `recording.erasure:${visitId}`

/** Erases a recording before its time, for a reason. */
export function eraseRecording(
  db: Db,
  { visitId, staff, reason, now, keys, bus }: KeepingAct & { bus: Bus },
): Promise<Erased> {
  return inTransaction<Erased>(db, async (tx) => {
    const recording = await lockKept(tx, visitId)
    if (!recording || !isSeenBy(staff, recording, 'keep_recording'))
      return { ok: false, reason: 'not_allowed' }
    if (recording.state === 'erased') return { ok: false, reason: 'erased' }
    if (recording.heldAt) return { ok: false, reason: 'held' }
    if (await isInProgress(tx, visitId)) return { ok: false, reason: 'in_progress' }
    const refusal = refuseReason(reason)
    if (refusal) return { ok: false, reason: refusal }
    await eraseLockedRecording(tx, { recording, why: 'reason', staff, reason: reason.trim(), now, keys, bus })
    return { ok: true }
  })
}

/** Erases a recording whose time is over, unless it was held or erased meanwhile. */
export function eraseExpired(
  db: Db,
  { visitId, now, keys, bus }: { visitId: string; now: Date; keys: Keys; bus: Bus },
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const recording = await lockKept(tx, visitId)
    if (!recording || recording.state === 'erased' || recording.heldAt || recording.keepUntil > now)
      return false
    if (await isInProgress(tx, visitId)) return false
    await eraseLockedRecording(tx, { recording, why: 'expired', now, keys, bus })
    return true
  })
}

/** What is being recorded is not erased: the visit is ended first. */
const isInProgress = async (tx: Tx, visitId: string): Promise<boolean> => {
  const visit = await tx.selectFrom('visit').select('state').where('id', '=', visitId).executeTakeFirst()
  return visit?.state === 'in_progress'
}

/**
 * The key and every copy of it go in the transaction that writes the erasure down: from its commit on the bytes in
 * the store are noise, whatever becomes of this process. Sessions stay, so that a late upload is told why it is
 * refused.
 */
export async function eraseLockedRecording(
  tx: Tx,
  {
    recording,
    why,
    staff,
    reason,
    now,
    keys,
    bus,
  }: {
    recording: Pick<KeptRecording, 'visitId' | 'branchId'>
    /** For a reason that was typed, because its time is over, or with all data of its visit. */
    why: 'reason' | 'expired' | 'person'
    staff?: Pick<Staff, 'id'>
    reason?: string
    now: Date
    keys: Keys
    bus: Bus
  },
): Promise<void> {
  const { visitId } = recording
  const { manifest, bytes } = await tx
    .selectFrom('recording')
    .select(['manifest', 'bytes'])
    .where('visit_id', '=', visitId)
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('recording_erasure')
    .values({
      visit_id: visitId,
      erased_at: now,
      staff_id: staff?.id ?? null,
      reason: reason === undefined ? null : keys.seal(reason, context(visitId)),
      bytes,
      manifest_digest: manifest === null ? null : createHash('sha256').update(manifest).digest(),
    })
    .execute()
  await sql`delete from recording_package using recording_view view
    where view.id = recording_package.view_id and view.visit_id = ${visitId}`.execute(tx)
  await tx.deleteFrom('recording_file').where('visit_id', '=', visitId).execute()
  await sql`delete from recording_part using recording_session session
    where session.id = recording_part.session_id and session.visit_id = ${visitId}`.execute(tx)
  await tx
    .updateTable('recording')
    .set({
      state: 'erased',
      wrapped_key: null,
      finalised_run: null,
      finalising_run: null,
      finalising_until: null,
      finalise_error: null,
      manifest: null,
      manifest_signature: null,
    })
    .where('visit_id', '=', visitId)
    .execute()
  await auditRecording(tx, {
    staff: staff ?? null,
    action: 'recording.erased',
    recording,
    details: { why, bytes },
    now,
  })
  const message: RecordingMessage = { type: 'erased' }
  await bus.publish(tx, { topic: recordingTopic(visitId), body: message })
}

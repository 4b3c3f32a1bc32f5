import { type Db, inTransaction } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Staff } from '../staff/staff'
import { auditRecording, isSeenBy, lockKept } from './kept-recording'
import { type ReasonRefusal, refuseReason } from './view-recording'

export interface KeepingAct {
  visitId: string
  staff: Staff
  reason: string
  now: Date
  keys: Keys
}

export type Held = { ok: true } | { ok: false; reason: ReasonRefusal | 'not_allowed' | 'erased' | 'changed' }

const context = (visitId: string) => `recording.hold:${visitId}`
export const readHoldReason = (keys: Keys, visitId: string, sealed: Buffer): string =>
  keys.unseal(sealed, context(visitId))

/** A legal hold: nothing is erased, whatever the time, until it is taken back. */
export function holdRecording(db: Db, { visitId, staff, reason, now, keys }: KeepingAct): Promise<Held> {
  return inTransaction<Held>(db, async (tx) => {
    const recording = await lockKept(tx, visitId)
    if (!recording || !isSeenBy(staff, recording, 'keep_recording'))
      return { ok: false, reason: 'not_allowed' }
    if (recording.state === 'erased') return { ok: false, reason: 'erased' }
    if (recording.heldAt) return { ok: false, reason: 'changed' }
    const refusal = refuseReason(reason)
    if (refusal) return { ok: false, reason: refusal }
    await tx
      .updateTable('recording')
      .set({ hold_reason: keys.seal(reason.trim(), context(visitId)), held_by: staff.id, held_at: now })
      .where('visit_id', '=', visitId)
      .execute()
    await auditRecording(tx, { staff, action: 'recording.held', recording, now })
    return { ok: true }
  })
}

/** Takes the hold back, for a reason: from now on the recording's time counts again. */
export function releaseRecording(db: Db, { visitId, staff, reason, now, keys }: KeepingAct): Promise<Held> {
  return inTransaction<Held>(db, async (tx) => {
    const recording = await lockKept(tx, visitId)
    if (!recording || !isSeenBy(staff, recording, 'keep_recording'))
      return { ok: false, reason: 'not_allowed' }
    if (!recording.heldAt) return { ok: false, reason: 'changed' }
    const refusal = refuseReason(reason)
    if (refusal) return { ok: false, reason: refusal }
    await tx
      .updateTable('recording')
      .set({
        hold_reason: null,
        held_by: null,
        held_at: null,
        release_reason: keys.seal(reason.trim(), `recording.release:${visitId}`),
      })
      .where('visit_id', '=', visitId)
      .execute()
    await auditRecording(tx, { staff, action: 'recording.released', recording, now })
    return { ok: true }
  })
}

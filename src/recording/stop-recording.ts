import { endRecordingConsent } from '../booking/visit-store'
import type { RecordingPolicy } from '../institution/directory'
import type { Bus } from '../platform/bus'
import type { Db } from '../platform/db'
import type { Staff } from '../staff/staff'
import { auditVisit } from '../visit/audit-visit'
import { type NotConducting, whileConducting } from '../visit/conducted-visit'
import { tellOfVisit } from '../visit/visit-notices'
import { closeSessionsOf } from './recording-store'

export type Stopped =
  { ok: true } | NotConducting | { ok: false; reason: 'consent_is_needed' | 'recording_off' }

/**
 * The client takes the consent back in the call: nothing more is recorded from now on. Where the consent is required
 * the visit cannot go on, and the officer ends it with that reason instead.
 */
export function stopRecording(
  db: Db,
  {
    visitId,
    staff,
    consent,
    now,
    bus,
  }: { visitId: string; staff: Staff; consent: RecordingPolicy; now: Date; bus: Bus },
): Promise<Stopped> {
  return whileConducting<Stopped>(db, { visitId, staff }, async (tx, visit) => {
    if (!visit.recording_consent) return { ok: false, reason: 'recording_off' }
    if (consent === 'required') return { ok: false, reason: 'consent_is_needed' }
    await endRecordingConsent(tx, visit.id, now)
    await closeSessionsOf(tx, { visitId: visit.id, now })
    await tx.updateTable('visit').set({ recording_state: 'off' }).where('id', '=', visit.id).execute()
    await auditVisit(tx, visit, { staff, action: 'recording.consent_withdrawn', now })
    await tellOfVisit(tx, bus, { id: visit.id, branchId: visit.branch_id })
    return { ok: true }
  })
}

import { enqueueEntry } from '../backoffice/enqueue-entry'
import type { Db } from '../platform/db'
import { uuidV7 } from '../platform/uuid'
import type { Staff } from '../staff/staff'
import { auditVisit } from './audit-visit'
import { type NotConducting, whileConducting } from './conducted-visit'
import { withFreshReference } from './fresh-reference'
import { identityObstacle } from './identity-needed'

export type ProfileConfirmed =
  | { ok: true; reference: string }
  | NotConducting
  | { ok: false; reason: 'recording_interrupted' | 'identity_needed' }

/** Trusts the client's e-government profile, once a visit, and hands that to the back office. */
export function confirmProfile(
  db: Db,
  { visitId, staff, now }: { visitId: string; staff: Staff; now: Date },
): Promise<ProfileConfirmed> {
  return withFreshReference('PP', (reference) =>
    whileConducting<ProfileConfirmed>(db, { visitId, staff }, async (tx, visit) => {
      const before = await tx
        .selectFrom('profile_confirmation')
        .select('reference')
        .where('visit_id', '=', visit.id)
        .executeTakeFirst()
      if (before) return { ok: true, reference: before.reference }
      const obstacle = await identityObstacle(tx, visit)
      if (obstacle) return { ok: false, reason: obstacle }
      const id = uuidV7(now)
      await tx
        .insertInto('profile_confirmation')
        .values({ visit_id: visit.id, id, reference, staff_id: staff.id, confirmed_at: now })
        .execute()
      const branchId = visit.branch_id
      await enqueueEntry(tx, {
        id: uuidV7(now),
        kind: 'profile_confirmation',
        subjectId: id,
        reference,
        branchId,
        now,
      })
      await auditVisit(tx, visit, { staff, action: 'profile.confirmed', details: { reference }, now })
      return { ok: true, reference }
    }),
  )
}

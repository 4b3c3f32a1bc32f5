import { enqueueEntry } from '../backoffice/enqueue-entry'
import type { Directory } from '../institution/directory'
import type { Db } from '../platform/db'
import type { Keys } from '../platform/keys'
import { uuidV7 } from '../platform/uuid'
import type { Staff } from '../staff/staff'
import { auditVisit } from './audit-visit'
import { type NotConducting, whileConducting } from './conducted-visit'
import { holdsDocumentNumber } from './document-number'
import { withFreshReference } from './fresh-reference'
import { identityObstacle } from './identity-needed'
import { sealPurpose } from './settlement-store'

/** Longest purpose, in characters. */
export const longestPurpose = 500

export interface NewApplication {
  visitId: string
  staff: Staff
  /** Made by the page: sent again it stays one application. */
  id: string
  kindCode: string
  purpose: string
  /** The officer has read the answers back to the client, who agreed. */
  readBack: boolean
  now: Date
  keys: Keys
  directory: Pick<Directory, 'certificateKinds'>
}

export type ApplicationAccepted =
  | { ok: true; reference: string }
  | NotConducting
  | {
      ok: false
      reason:
        | 'recording_interrupted'
        | 'identity_needed'
        | 'kind_missing'
        | 'purpose_missing'
        | 'purpose_too_long'
        | 'document_number'
        | 'not_read_back'
    }

/** Takes an application for a certificate, with its reference number, and hands it to the back office. */
export function acceptApplication(db: Db, application: NewApplication): Promise<ApplicationAccepted> {
  const { visitId, staff, id, kindCode, readBack, now, keys, directory } = application
  const purpose = application.purpose.trim()
  return withFreshReference('WZ', (reference) =>
    whileConducting<ApplicationAccepted>(db, { visitId, staff }, async (tx, visit) => {
      const before = await tx
        .selectFrom('application')
        .select(['reference', 'visit_id'])
        .where('id', '=', id)
        .executeTakeFirst()
      if (before) {
        if (before.visit_id !== visit.id) return { ok: false, reason: 'unknown' }
        return { ok: true, reference: before.reference }
      }
      const obstacle = await identityObstacle(tx, visit)
      if (obstacle) return { ok: false, reason: obstacle }
      if (!directory.certificateKinds.some(({ code, active }) => active && code === kindCode))
        return { ok: false, reason: 'kind_missing' }
      if (purpose === '') return { ok: false, reason: 'purpose_missing' }
      if (purpose.length > longestPurpose) return { ok: false, reason: 'purpose_too_long' }
      if (holdsDocumentNumber(purpose)) return { ok: false, reason: 'document_number' }
      if (!readBack) return { ok: false, reason: 'not_read_back' }
      await tx
        .insertInto('application')
        .values({
          id,
          visit_id: visit.id,
          reference,
          kind_code: kindCode,
          purpose: sealPurpose(keys, visit.id, purpose),
          staff_id: staff.id,
          accepted_at: now,
        })
        .execute()
      const branchId = visit.branch_id
      await enqueueEntry(tx, {
        id: uuidV7(now),
        kind: 'application',
        subjectId: id,
        reference,
        branchId,
        now,
      })
      await auditVisit(tx, visit, {
        staff,
        action: 'application.accepted',
        details: { reference, kind: kindCode },
        now,
      })
      return { ok: true, reference }
    }),
  )
}

import { lockVisit } from '../booking/visit-store'
import type { Bus } from '../platform/bus'
import { type Db, inTransaction, type Tx } from '../platform/db'
import type { Staff } from '../staff/staff'
import { staffName } from '../staff/staff-name'
import { auditVisit } from './audit-visit'
import { type Refusal, refusalFor } from './conducting'
import { changeVisit } from './visit-change'

export type CallIn =
  | { ok: true }
  | { ok: false; reason: Refusal | 'other_topic' | 'not_waiting' }
  /** A colleague was faster. */
  | { ok: false; reason: 'taken'; officer: string }
  /** This officer conducts another visit still. */
  | { ok: false; reason: 'busy'; visitId: string }

/** The officer invites a waiting client. Repeated for the officer's own visit it changes nothing. */
export async function callIn(
  db: Db,
  { visitId, staff, now, bus }: { visitId: string; staff: Staff; now: Date; bus: Bus },
): Promise<CallIn> {
  return inTransaction(db, async (tx) => {
    const busyWith = await lockOfficer(tx, staff.id)
    const visit = await lockVisit(tx, visitId)
    const refusal = refusalFor(staff, 'call_in', visit)
    if (refusal || !visit) return { ok: false, reason: refusal ?? 'unknown' }
    if (visit.state === 'in_progress') {
      if (visit.officer_id === staff.id) return { ok: true }
      return { ok: false, reason: 'taken', officer: (await staffName(tx, visit.officer_id)) ?? '' }
    }
    if (!staff.topicIds.includes(visit.topic_id)) return { ok: false, reason: 'other_topic' }
    if (busyWith !== undefined) return { ok: false, reason: 'busy', visitId: busyWith }
    const called = await changeVisit(tx, visit, {
      event: { type: 'called_in' },
      changes: { officer_id: staff.id, started_at: now },
      now,
      bus,
    })
    if (!called) return { ok: false, reason: 'not_waiting' }
    await auditVisit(tx, visit, { staff, action: 'visit.called_in', now })
    return { ok: true }
  })
}

/**
 * Lets calls of one officer happen one after the other, so that two tabs never conduct two visits. Not the
 * stronger `for update`: it would wait for every transaction that names the officer in a foreign key.
 * @returns the visit that the officer conducts
 */
async function lockOfficer(tx: Tx, staffId: number): Promise<string | undefined> {
  await tx.selectFrom('staff').select('id').where('id', '=', staffId).forNoKeyUpdate().execute()
  const visit = await tx
    .selectFrom('visit')
    .select('id')
    .where('officer_id', '=', staffId)
    .where('state', '=', 'in_progress')
    .executeTakeFirst()
  return visit?.id
}

import { lockVisit } from '../booking/visit-store'
import type { Bus } from '../platform/bus'
import { type Db, inTransaction } from '../platform/db'
import { may } from '../staff/may'
import type { Staff } from '../staff/staff'
import { auditVisit } from './audit-visit'
import { deletePresence, presentIn } from './presence-store'
import { roomMessage } from './room-message'
import { roomTopic, tellOfVisit } from './visit-notices'

export type TakeOver =
  | { ok: true }
  | { ok: false; reason: 'unknown' | 'not_allowed' | 'other_topic' | 'changed' | 'officer_is_here' | 'busy' }

/** So long after calling in the officer's page may still be on its way. */
const onTheWayMilliseconds = 30_000

/**
 * A colleague goes on with a visit whose officer dropped out: the client stays, the clock runs on. While the
 * officer's page is connected, or is still loading, only who may act for others takes the visit.
 */
export function takeOver(
  db: Db,
  { visitId, staff, now, bus }: { visitId: string; staff: Staff; now: Date; bus: Bus },
): Promise<TakeOver> {
  return inTransaction<TakeOver>(db, async (tx) => {
    await tx.selectFrom('staff').select('id').where('id', '=', staff.id).forNoKeyUpdate().execute()
    const visit = await lockVisit(tx, visitId)
    if (!visit || !may(staff, 'see_visit', visit.branch_id)) return { ok: false, reason: 'unknown' }
    if (!may(staff, 'call_in', visit.branch_id)) return { ok: false, reason: 'not_allowed' }
    if (visit.state !== 'in_progress') return { ok: false, reason: 'changed' }
    if (visit.officer_id === staff.id) return { ok: true }
    if (!staff.topicIds.includes(visit.topic_id)) return { ok: false, reason: 'other_topic' }
    const own = await tx
      .selectFrom('visit')
      .select('id')
      .where('officer_id', '=', staff.id)
      .where('state', '=', 'in_progress')
      .executeTakeFirst()
    if (own) return { ok: false, reason: 'busy' }
    const present = await presentIn(tx, visitId, now)
    const officers = present.filter(({ participant }) => participant === 'officer')
    const calledIn = visit.started_at?.getTime() ?? 0
    const isHere = officers.length > 0 || now.getTime() - calledIn < onTheWayMilliseconds
    if (isHere && !may(staff, 'conduct_for_others', visit.branch_id))
      return { ok: false, reason: 'officer_is_here' }
    const connectionIds = officers.map(({ connectionId }) => connectionId)
    await tx.updateTable('visit').set({ officer_id: staff.id }).where('id', '=', visit.id).execute()
    if (await deletePresence(tx, connectionIds))
      await bus.publish(tx, {
        topic: roomTopic(visitId),
        body: roomMessage({ type: 'shut_out', connectionIds }),
      })
    await auditVisit(tx, visit, {
      staff,
      action: 'visit.taken_over',
      details: { from: visit.officer_id },
      now,
    })
    await tellOfVisit(tx, bus, { id: visit.id, branchId: visit.branch_id })
    return { ok: true }
  })
}

import { lockVisit } from '../booking/visit-store'
import { isActive } from '../contract/visit-state'
import type { Bus } from '../platform/bus'
import { type Db, inTransaction } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Staff } from '../staff/staff'
import { auditVisit } from './audit-visit'
import { type Refusal, refusalFor } from './conducting'
import { longestInterpreterName, sealInterpreter } from './interpreter'
import { deletePresence, presentIn } from './presence-store'
import { tellOfVisit } from './visit-notices'

export interface InterpreterInvitation {
  visitId: string
  staff: Staff
  /** Null takes the invitation back: the link dies, and who came by it is out. */
  name: string | null
  now: Date
  keys: Keys
  bus: Bus
}

/** Invites a sign-language interpreter to a visit that lies ahead or goes on; the link then opens the meeting. */
export function inviteInterpreter(
  db: Db,
  { visitId, staff, name, now, keys, bus }: InterpreterInvitation,
): Promise<{ ok: true } | { ok: false; reason: Refusal | 'changed' | 'name_missing' | 'name_too_long' }> {
  const words = name?.trim() ?? null
  return inTransaction(db, async (tx) => {
    const visit = await lockVisit(tx, visitId)
    const refusal = refusalFor(staff, 'conduct', visit)
    if (refusal || !visit) return { ok: false, reason: refusal ?? 'unknown' }
    if (!isActive(visit.state)) return { ok: false, reason: 'changed' }
    if (words === '') return { ok: false, reason: 'name_missing' }
    if (words !== null && words.length > longestInterpreterName) return { ok: false, reason: 'name_too_long' }
    const interpreter = words === null ? null : sealInterpreter(keys, visit.id, words)
    const isTakenBack = visit.interpreter !== null && interpreter === null
    const withdrawals = visit.interpreter_withdrawals + (isTakenBack ? 1 : 0)
    await tx
      .updateTable('visit')
      .set({ interpreter, interpreter_withdrawals: withdrawals })
      .where('id', '=', visit.id)
      .execute()
    if (interpreter === null) {
      const present = await presentIn(tx, visitId, now)
      const connectionIds = present
        .filter(({ participant }) => participant === 'interpreter')
        .map(({ connectionId }) => connectionId)
      await deletePresence(tx, connectionIds)
    }
    const action = interpreter ? 'visit.interpreter_invited' : 'visit.interpreter_withdrawn'
    await auditVisit(tx, visit, { staff, action, now })
    await tellOfVisit(tx, bus, { id: visit.id, branchId: visit.branch_id })
    return { ok: true }
  })
}

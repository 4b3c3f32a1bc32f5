import type { Bus } from '../../platform/bus'
import { type Db, inTransaction } from '../../platform/db'
import { auditStaff } from '../audit-staff'
import { deleteSessionsOf } from '../session-store'
import { tellSessionsEnded } from '../staff-session'

/** Ends sessions of the person themself: one of them, or all but the one they ask with. */
export function endSessions(
  db: Db,
  {
    staffId,
    which,
    now,
    bus,
  }: {
    staffId: number
    which: { only: string } | { except: string }
    now: Date
    bus: Bus
  },
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const count = await deleteSessionsOf(tx, staffId, which)
    if (count === 0) return
    await tellSessionsEnded(tx, bus, staffId)
    await auditStaff(tx, { action: 'staff.session_ended', about: staffId, now, details: { count } })
  })
}

import type { Bus } from '../../platform/bus'
import type { Db } from '../../platform/db'
import { auditStaff } from '../audit-staff'
import { deleteSessionsOf } from '../session-store'
import { tellSessionsEnded } from '../staff-session'
import { type PersonAct, type PersonChange, whileManaging } from './change-people'

/** Ends all sessions of a person, who may sign in again. */
export function signOutPerson(db: Db, act: PersonAct & { bus: Bus }): Promise<PersonChange> {
  const { by, personId, now, bus } = act
  return whileManaging(db, act, async (tx, person) => {
    const count = await deleteSessionsOf(tx, personId)
    await tellSessionsEnded(tx, bus, personId)
    const fact = { about: personId, by: by.id, now, branchId: person.branchId, details: { count } }
    await auditStaff(tx, { ...fact, action: 'staff.session_ended' })
    return { ok: true }
  })
}

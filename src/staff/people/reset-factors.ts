import type { Bus } from '../../platform/bus'
import type { Db } from '../../platform/db'
import { auditStaff } from '../audit-staff'
import { deleteFactors } from '../factor/factor-store'
import { queueStaffMail } from '../mail/queue-staff-mail'
import { deleteSessionsOf } from '../session-store'
import { tellSessionsEnded } from '../staff-session'
import { type PersonAct, type PersonChange, refusePerson, whileManaging } from './change-people'

/** Takes all second factors from a person who lost theirs; they are signed out, told, and set up a new one. */
export function resetFactors(db: Db, act: PersonAct & { bus: Bus }): Promise<PersonChange> {
  const { by, personId, now, bus } = act
  return whileManaging(db, act, async (tx, person) => {
    if (!person.hasTotp && !person.hasPasskey) return refusePerson('state')
    await deleteFactors(tx, personId)
    await deleteSessionsOf(tx, personId)
    await tellSessionsEnded(tx, bus, personId)
    await auditStaff(tx, {
      action: 'staff.factors_reset',
      about: personId,
      by: by.id,
      now,
      branchId: person.branchId,
    })
    await queueStaffMail(tx, { staffId: personId, kind: 'factors_reset', now })
    return { ok: true }
  })
}

import type { Bus } from '../../platform/bus'
import type { Db } from '../../platform/db'
import { auditStaff } from '../audit-staff'
import { deleteLinks } from '../link/staff-link-store'
import { deleteSessionsOf } from '../session-store'
import { tellSessionsEnded } from '../staff-session'
import {
  isLastAdministrator,
  type PersonAct,
  type PersonChange,
  refusePerson,
  whileManaging,
} from './change-people'
import { updatePerson } from './people-store'

/** Closes an account: its sessions and sockets end at once, links in its mailbox lead nowhere. */
export function closePerson(db: Db, act: PersonAct & { bus: Bus }): Promise<PersonChange> {
  const { by, personId, now, bus } = act
  return whileManaging(db, act, async (tx, person) => {
    if (person.state === 'closed') return refusePerson('state')
    if (await isLastAdministrator(tx, person)) return refusePerson('last')
    await updatePerson(tx, personId, { active: false })
    await deleteSessionsOf(tx, personId)
    await deleteLinks(tx, personId)
    await tellSessionsEnded(tx, bus, personId)
    await auditStaff(tx, {
      action: 'staff.closed',
      about: personId,
      by: by.id,
      now,
      branchId: person.branchId,
    })
    return { ok: true }
  })
}

/** Opens a closed account again, as it was. */
export function reopenPerson(db: Db, act: PersonAct): Promise<PersonChange> {
  const { by, personId, now } = act
  return whileManaging(db, act, async (tx, person) => {
    if (person.state !== 'closed') return refusePerson('state')
    await updatePerson(tx, personId, { active: true })
    await auditStaff(tx, {
      action: 'staff.opened',
      about: personId,
      by: by.id,
      now,
      branchId: person.branchId,
    })
    return { ok: true }
  })
}

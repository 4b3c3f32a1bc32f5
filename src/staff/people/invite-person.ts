import { type Db, inTransaction } from '../../platform/db'
import { auditStaff } from '../audit-staff'
import { queueLinkMail } from '../mail/queue-staff-mail'
import type { Staff, StaffRole } from '../staff'
import { insertStaffOnce } from '../staff-store'
import { type PersonAct, type PersonChange, refusePerson, whileManaging } from './change-people'
import { mayManage } from './may-manage'

export interface Invitation {
  /** Null: by a command on the server. */
  by: Staff | null
  email: string
  name: string
  role: StaffRole
  branchId: number | null
  topicIds: readonly number[]
  now: Date
}

export type Invited =
  { ok: true; staffId: number; linkId: string } | { ok: false; reason: 'not_allowed' | 'taken' }

/** Makes an account without a password and sends its person the link to set one. */
export function invitePerson(db: Db, invitation: Invitation): Promise<Invited> {
  const { by, name, role, branchId, topicIds, now } = invitation
  if (by && !mayManage(by, invitation)) return Promise.resolve({ ok: false, reason: 'not_allowed' })
  const email = invitation.email.trim().toLowerCase()
  return inTransaction(db, async (tx) => {
    const staffId = await insertStaffOnce(tx, { email, name, role, branchId, topicIds, passwordHash: null })
    if (staffId === undefined) return { ok: false, reason: 'taken' }
    const linkId = await queueLinkMail(tx, { staffId, kind: 'invitation', now })
    await auditStaff(tx, {
      action: 'staff.invited',
      about: staffId,
      by: by?.id ?? 'system',
      now,
      branchId,
      details: { role },
    })
    return { ok: true, staffId, linkId }
  })
}

/** Sends a person who has not come yet a new link; the one before leads nowhere any more. */
export function inviteAgain(db: Db, act: PersonAct): Promise<PersonChange> {
  const { by, personId, now } = act
  return whileManaging(db, act, async (tx, person) => {
    if (person.state !== 'invited') return refusePerson('state')
    await queueLinkMail(tx, { staffId: personId, kind: 'invitation', now })
    await auditStaff(tx, {
      action: 'staff.invited',
      about: personId,
      by: by.id,
      now,
      branchId: person.branchId,
      details: { again: true },
    })
    return { ok: true }
  })
}

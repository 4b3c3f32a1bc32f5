import type { Bus } from '../../platform/bus'
import type { Db } from '../../platform/db'
import { auditStaff } from '../audit-staff'
import type { StaffRole } from '../staff'
import { tellSessionsEnded } from '../staff-session'
import { replaceTopics } from '../staff-store'
import {
  isLastAdministrator,
  type PersonAct,
  type PersonChange,
  refusePerson,
  whileManaging,
} from './change-people'
import { mayManage } from './may-manage'
import { type Person, updatePerson } from './people-store'

export interface WantedPerson {
  name: string
  role: StaffRole
  branchId: number | null
  topicIds: readonly number[]
}

/**
 * Changes name, role, branch and topics of an account, unless somebody else did so since the administrator looked.
 * What the identity provider says of a person stays as it says it: of theirs only the topics are changed.
 */
export function changePerson(
  db: Db,
  act: PersonAct & { version: number; wanted: WantedPerson; bus: Bus },
): Promise<PersonChange> {
  const { by, personId, now, version, wanted, bus } = act
  return whileManaging(db, act, async (tx, person) => {
    if (person.version !== version) return refusePerson('changed')
    const next = person.byProvider ? { ...wanted, ...pick(person) } : wanted
    if (!mayManage(by, next)) return refusePerson('not_allowed')
    const losesReach =
      next.role !== 'administrator' || (next.branchId !== null && next.branchId !== person.branchId)
    if (losesReach && (await isLastAdministrator(tx, person))) return refusePerson('last')

    await updatePerson(tx, personId, pick(next))
    const changed = { about: personId, by: by.id, now, branchId: next.branchId }
    if (next.name !== person.name) await auditStaff(tx, { ...changed, action: 'staff.renamed' })
    if (next.role !== person.role)
      await auditStaff(tx, {
        ...changed,
        action: 'staff.role_changed',
        details: { from: person.role, to: next.role },
      })
    if (next.branchId !== person.branchId)
      await auditStaff(tx, {
        ...changed,
        action: 'staff.branch_changed',
        details: { from: person.branchId, to: next.branchId },
      })
    const topicIds = [...new Set(next.topicIds)].sort((a, b) => a - b)
    if (topicIds.join() !== person.topicIds.join()) {
      await replaceTopics(tx, personId, topicIds)
      const details = { topics: topicIds.join(',') }
      await auditStaff(tx, { ...changed, action: 'staff.topics_changed', details })
    }
    await tellSessionsEnded(tx, bus, personId)
    return { ok: true }
  })
}

const pick = ({ name, role, branchId }: Pick<Person, 'name' | 'role' | 'branchId'>) => ({
  name,
  role,
  branchId,
})

import { type Db, inTransaction, type Tx } from '../../platform/db'
import type { Staff } from '../staff'
import { mayManage } from './may-manage'
import { hasOtherAdministrator, lockPerson, type Person } from './people-store'

export type PersonRefusal = 'unknown' | 'not_allowed' | 'changed' | 'last' | 'state'
export type PersonChange = { ok: true } | { ok: false; reason: PersonRefusal }

export interface PersonAct {
  /** Who does it. */
  by: Staff
  personId: number
  now: Date
}

export const refusePerson = (reason: PersonRefusal): PersonChange => ({ ok: false, reason })

/** Locks the account and lets `work` change it, if the administrator has a say about it. */
export function whileManaging(
  db: Db,
  { by, personId }: PersonAct,
  work: (tx: Tx, person: Person) => Promise<PersonChange>,
): Promise<PersonChange> {
  return inTransaction(db, async (tx) => {
    const person = await lockPerson(tx, personId)
    if (!person) return refusePerson('unknown')
    if (!mayManage(by, person)) return refusePerson('not_allowed')
    return work(tx, person)
  })
}

/** Whether nobody could do any more what this administrator does, if they stopped being one. */
export const isLastAdministrator = async (tx: Tx, person: Person): Promise<boolean> =>
  person.role === 'administrator' && person.state !== 'closed' && !(await hasOtherAdministrator(tx, person))

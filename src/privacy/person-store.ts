import { type RawBuilder, sql } from 'kysely'
import type { VisitState } from '../contract/visit-state'
import { emailHash, phoneHash } from '../message/sealed-client'
import type { DbOrTx } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { PersonKey } from './person-key'

export interface FoundVisit {
  id: string
  branchId: number
  state: VisitState
  /** Sealed; null once it was erased. */
  client: Buffer | null
}

/** More visits than anybody has; a phone that so many share is no person. */
const mostVisits = 500

const matches = (keys: Keys, { by, value }: PersonKey): RawBuilder<boolean> => {
  if (by === 'phone') return sql<boolean>`visit.phone_hash = ${phoneHash(keys, value)}`
  if (by === 'email') return sql<boolean>`visit.email_hash = ${emailHash(keys, value)}`
  return sql<boolean>`visit.id in (
    select id from visit where number = ${value}
    union select other.id from visit join visit other on other.phone_hash = visit.phone_hash
      where visit.number = ${value}
    union select other.id from visit join visit other on other.email_hash = visit.email_hash
      where visit.number = ${value})`
}

/** Visits with this phone, e-mail or number, and with the phone or e-mail of the visit with this number; newest first. */
export async function visitsOfPerson(db: DbOrTx, keys: Keys, key: PersonKey): Promise<FoundVisit[]> {
  return db
    .selectFrom('visit')
    .select(['id', 'branch_id as branchId', 'state', 'client'])
    .where(matches(keys, key))
    .orderBy('starts_at', 'desc')
    .orderBy('id')
    .limit(mostVisits)
    .execute()
}

export interface PersonCase {
  id: string
  staffId: number
  foundBy: PersonKey['by']
  reason: Buffer | null
  visitIds: string[]
  openedAt: Date
  expiresAt: Date
}

const caseColumns = [
  'person_case.id',
  'person_case.staff_id as staffId',
  sql<PersonKey['by']>`found_by`.as('foundBy'),
  'person_case.reason',
  'person_case.visit_ids as visitIds',
  'opened_at as openedAt',
  'person_case.expires_at as expiresAt',
] as const

export async function readCase(db: DbOrTx, id: string): Promise<PersonCase | undefined> {
  return db.selectFrom('person_case').select(caseColumns).where('id', '=', id).executeTakeFirst()
}

export interface ListedCase extends PersonCase {
  name: string
  exported: number
  erased: number
  waiting: number
}

/** What inspectors asked for of late, newest first; of one person of the staff when given. */
export async function recentCases(
  db: DbOrTx,
  { staffId, limit }: { staffId: number | null; limit: number },
): Promise<ListedCase[]> {
  return db
    .selectFrom('person_case')
    .innerJoin('staff', 'staff.id', 'person_case.staff_id')
    .select(caseColumns)
    .select([
      'staff.name',
      sql<number>`(select count(*) from person_export
        where case_id = person_case.id and taken_at is not null)`.as('exported'),
      sql<number>`(select count(*) from erasure_order
        where case_id = person_case.id and done_at is not null)`.as('erased'),
      sql<number>`(select count(*) from erasure_order
        where case_id = person_case.id and done_at is null and refused is null)`.as('waiting'),
    ])
    .$if(staffId !== null, (query) => query.where('staff_id', '=', staffId))
    .orderBy('opened_at', 'desc')
    .limit(limit)
    .execute()
}

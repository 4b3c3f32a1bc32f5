import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../platform/db'
import { isStaffRole, type StaffRole } from '../staff'

/** `invited`: neither a password nor the identity provider has let them in yet. */
export const personStates = ['active', 'invited', 'closed'] as const
export type PersonState = (typeof personStates)[number]

export interface PersonFilter {
  /** Null: of all branches. */
  reach: number | null
  /** Part of a name or an address. */
  text: string
  role: StaffRole | null
  branchId: number | null
  state: PersonState | null
}

export interface ListedPerson {
  id: number
  name: string
  email: string
  role: StaffRole
  branchId: number | null
  state: PersonState
  byProvider: boolean
  hasTotp: boolean
  hasPasskey: boolean
  signedInAt: Date | null
}

const state = sql<PersonState>`case when not staff.active then 'closed'
  when staff.password_hash is null and staff.identity_hash is null then 'invited' else 'active' end`

const people = (db: DbOrTx) =>
  db
    .selectFrom('staff')
    .select([
      'id',
      'name',
      'email',
      'role',
      'branch_id as branchId',
      'signed_in_at as signedInAt',
      'changes as version',
    ])
    .select([
      state.as('state'),
      sql<boolean>`staff.identity_hash is not null`.as('byProvider'),
      sql<boolean>`exists (select from staff_totp where staff_id = staff.id)`.as('hasTotp'),
      sql<boolean>`exists (select from staff_passkey where staff_id = staff.id)`.as('hasPasskey'),
    ])

const withRole = <Row extends { role: string }>(row: Row): Row & { role: StaffRole } => {
  if (!isStaffRole(row.role)) throw new Error(`An account has the unknown role ${row.role}`)
  return row as Row & { role: StaffRole }
}

/** What stands for itself in a LIKE pattern. */
const literally = (text: string) => text.replace(/[\\%_]/g, '\\$&')

/** One page of the accounts that fit, by name, and how many there are in all. */
export async function listPeople(
  db: DbOrTx,
  filter: PersonFilter,
  page: { offset: number; limit: number },
): Promise<{ people: ListedPerson[]; count: number }> {
  const words = filter.text.split(/\s+/).filter((word) => word !== '')
  const fitting = people(db)
    .$if(filter.reach !== null, (query) => query.where('branch_id', '=', filter.reach))
    .$if(filter.branchId !== null, (query) => query.where('branch_id', '=', filter.branchId))
    .$if(filter.role !== null, (query) => query.where('role', '=', filter.role ?? ''))
    .$if(filter.state !== null, (query) => query.where(state, '=', filter.state))
    .where((all) =>
      all.and(
        words.map((word) => {
          const pattern = `%${literally(word)}%`
          return all.or([all('name', 'ilike', pattern), all('email', 'ilike', pattern)])
        }),
      ),
    )
  const rows = await fitting
    .select(sql<number>`(count(*) over ())::int`.as('count'))
    .orderBy('name')
    .orderBy('id')
    .offset(page.offset)
    .limit(page.limit)
    .execute()
  return { people: rows.map(withRole), count: rows[0]?.count ?? 0 }
}

export interface Person extends ListedPerson {
  version: number
  topicIds: number[]
}

export async function readPerson(db: DbOrTx, id: number): Promise<Person | undefined> {
  const row = await people(db)
    .select(
      sql<number[]>`array(select topic_id from staff_topic where staff_id = staff.id order by topic_id)`.as(
        'topicIds',
      ),
    )
    .where('id', '=', id)
    .executeTakeFirst()
  return row && withRole(row)
}

/**
 * The account, which nobody else changes until the end of the transaction. All administrators are locked with it, in
 * one order: two of them who take the role from each other at once do so one after the other.
 */
export async function lockPerson(tx: Tx, id: number): Promise<Person | undefined> {
  await sql`
    select from staff where id = ${id} or (role = 'administrator' and active) order by id for update`.execute(
    tx,
  )
  return readPerson(tx, id)
}

/** Whether another administrator can do all that this one can: active, able to sign in, and of the same reach. */
export async function hasOtherAdministrator(
  tx: Tx,
  person: Pick<Person, 'id' | 'branchId'>,
): Promise<boolean> {
  const other = await tx
    .selectFrom('staff')
    .where('role', '=', 'administrator')
    .where('active', '=', true)
    .where('id', '!=', person.id)
    .where((any) => any.or([any('password_hash', 'is not', null), any('identity_hash', 'is not', null)]))
    .where((any) =>
      any.or([
        any('branch_id', 'is', null),
        ...(person.branchId === null ? [] : [any('branch_id', '=', person.branchId)]),
      ]),
    )
    .select('id')
    .executeTakeFirst()
  return other !== undefined
}

export async function updatePerson(
  tx: Tx,
  id: number,
  change: { name?: string; role?: StaffRole; branchId?: number | null; active?: boolean },
): Promise<void> {
  const { name, role, branchId, active } = change
  await tx
    .updateTable('staff')
    .set((set) => ({ changes: set('changes', '+', 1) }))
    .$if(name !== undefined, (query) => query.set({ name: name ?? '' }))
    .$if(role !== undefined, (query) => query.set({ role: role ?? '' }))
    .$if(branchId !== undefined, (query) => query.set({ branch_id: branchId ?? null }))
    .$if(active !== undefined, (query) => query.set({ active: active ?? false }))
    .where('id', '=', id)
    .execute()
}

/** The newest invitation of a person, as it stands in the outbox. */
export async function newestInvitation(
  db: DbOrTx,
  staffId: number,
): Promise<{ state: string; at: Date } | undefined> {
  const row = await db
    .selectFrom('staff_mail')
    .where('staff_id', '=', staffId)
    .where('kind', '=', 'invitation')
    .select(['state', 'created_at', 'finished_at'])
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { state: row.state, at: row.finished_at ?? row.created_at }
}

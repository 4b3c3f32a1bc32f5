import { sql } from 'kysely'
import type { Db, DbOrTx } from '../../platform/db'

/** `invitation` and `reset` carry a link; the others tell a person what was changed at their account. */
export type StaffMailKind =
  'invitation' | 'reset' | 'password_changed' | 'factor_added' | 'factor_removed' | 'factors_reset'

export interface NewStaffMail {
  id: string
  staffId: number
  kind: StaffMailKind
  linkId: string | null
  now: Date
  uselessAfter: Date
}

export async function insertStaffMail(db: DbOrTx, mail: NewStaffMail): Promise<void> {
  await db
    .insertInto('staff_mail')
    .values({
      id: mail.id,
      staff_id: mail.staffId,
      kind: mail.kind,
      link_id: mail.linkId,
      created_at: mail.now,
      due_at: mail.now,
      useless_after: mail.uselessAfter,
    })
    .execute()
}

/** A claimed e-mail with its person as they are now. */
export interface DueStaffMail {
  id: string
  kind: StaffMailKind
  linkId: string | null
  uselessAfter: Date
  /** Which try this is, from 1. */
  attempt: number
  email: string
  name: string
}

/** Claims what is due until `leaseUntil`; any number of processes may do so side by side. */
export async function claimStaffMail(
  db: Db,
  { limit, now, leaseUntil }: { limit: number; now: Date; leaseUntil: Date },
): Promise<DueStaffMail[]> {
  const { rows } = await sql<DueStaffMail>`
    with due as materialized (
      select id from staff_mail where state in ('queued', 'sending') and due_at <= ${now}
      order by due_at limit ${limit} for update skip locked
    ), claimed as (
      update staff_mail set state = 'sending', due_at = ${leaseUntil}, attempts = attempts + 1
      where id in (select id from due) returning *
    )
    select claimed.id, kind, link_id as "linkId", useless_after as "uselessAfter", attempts as attempt, email, name
    from claimed join staff on staff.id = claimed.staff_id`.execute(db)
  return rows
}

/** What became of a claimed e-mail; void when the lease ran out and another claim was faster. */
export interface StaffMailOutcome {
  id: string
  attempt: number
  /** Tries that count from now on. */
  attempts: number
  state: 'queued' | 'sent' | 'expired' | 'dead'
  dueAt?: Date
  error?: string
  providerId?: string | null
}

export async function recordStaffMail(db: Db, outcome: StaffMailOutcome, now: Date): Promise<void> {
  await db
    .updateTable('staff_mail')
    .set({ state: outcome.state, attempts: outcome.attempts, last_error: outcome.error ?? null })
    .set({ provider_id: outcome.providerId ?? null })
    .set({ finished_at: outcome.state === 'queued' ? null : now })
    .$if(outcome.dueAt !== undefined, (query) => query.set({ due_at: outcome.dueAt ?? now }))
    .where('id', '=', outcome.id)
    .where('state', '=', 'sending')
    .where('attempts', '=', outcome.attempt)
    .execute()
}

/** Deletes what nobody asks for any more. */
export async function purgeStaffMail(db: DbOrTx, before: Date): Promise<void> {
  await db.deleteFrom('staff_mail').where('finished_at', '<', before).execute()
  await db.deleteFrom('staff_link').where('expires_at', '<', before).execute()
}

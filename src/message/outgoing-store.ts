import { sql } from 'kysely'
import { activeStates, type VisitState } from '../contract/visit-state'
import type { Db, DbOrTx } from '../platform/db'
import type { MessageState } from '../platform/db-types'
import type { Language } from '../texts/catalogue'
import type { MessageDetails } from './message-details'
import type { ChannelName, MessageKind } from './message-plan'

/** What messages say about a visit; `client` is sealed. */
export interface VisitToTell {
  id: string
  number: string
  branchId: number
  topicId: number
  startsAt: Date
  endsAt: Date
  state: VisitState
  language: Language
  linkVersion: number
  scheduleVersion: number
  hasGuardian: boolean
  recordingConsent: boolean
  /** Of the reminders, those that a confirmation may promise: queued, and not due yet. */
  smsAhead: boolean
  emailAhead: boolean
  /** Why it ended early, if it did. */
  stateReason: string | null
  /** Sealed: the officer's words to the client. */
  closingNote: Buffer | null
  /** Null, like the hash of the e-mail, once they were erased: then nothing is told any more. */
  client: Buffer | null
  emailHash: Buffer | null
}

/** A message claimed by this process, with its visit as it was read in the same statement. */
export interface DueMessage {
  id: string
  kind: MessageKind
  scheduleVersion: number
  details: MessageDetails
  uselessAfter: Date
  /** Which try this is, from 1. */
  attempt: number
  visit: VisitToTell
}

/** What became of a claimed message. */
export interface Outcome {
  id: string
  /** As claimed: an outcome that comes after the lease ran out and somebody else claimed is void. */
  attempt: number
  /** Tries that count from now on. */
  attempts: number
  state: 'queued' | 'sent' | 'skipped' | 'expired' | 'dead'
  dueAt: Date | null
  providerId: string | null
  error: string | null
  finishedAt: Date | null
}

type ClaimedRow = Omit<DueMessage, 'visit' | 'details'> &
  Omit<VisitToTell, 'id' | 'scheduleVersion'> & {
    details: MessageDetails | null
    visitId: string
    visitScheduleVersion: number
  }

/**
 * Claims up to `limit` due messages of a channel until `leaseUntil` and reads their visits, in one
 * statement. SKIP LOCKED lets any number of processes claim side by side. A claim moves `due_at` to the
 * end of the lease: a message whose process died is simply due again then, found by the same index.
 */
export async function claimDue(
  db: Db,
  claim: { channel: ChannelName; limit: number; now: Date; leaseUntil: Date },
): Promise<DueMessage[]> {
  const { rows } = await sql<ClaimedRow>`
    with due as materialized (
      select id from message
      where state in ('queued', 'sending') and channel = ${claim.channel} and due_at <= ${claim.now}
      order by due_at
      limit ${claim.limit}
      for update skip locked
    ), claimed as (
      update message
      set state = 'sending', due_at = ${claim.leaseUntil}, leased_until = ${claim.leaseUntil},
        attempts = attempts + 1
      where id in (select id from due)
      returning id, visit_id, kind, schedule_version, details, useless_after, attempts
    )
    select claimed.id, claimed.kind, claimed.schedule_version as "scheduleVersion", claimed.details,
      claimed.useless_after as "uselessAfter", claimed.attempts as "attempt",
      visit.id as "visitId", visit.number, visit.branch_id as "branchId", visit.topic_id as "topicId",
      visit.starts_at as "startsAt",
      visit.ends_at as "endsAt", visit.state, visit.language, visit.link_version as "linkVersion",
      visit.schedule_version as "visitScheduleVersion", visit.has_guardian as "hasGuardian",
      visit.state_reason as "stateReason", visit.closing_note as "closingNote",
      visit.recording_consent as "recordingConsent", visit.client, visit.email_hash as "emailHash",
      claimed.kind = 'booked' and ${isAhead('reminder_sms', claim.now)} as "smsAhead",
      claimed.kind = 'booked' and ${isAhead('reminder_email', claim.now)} as "emailAhead"
    from claimed join visit on visit.id = claimed.visit_id`.execute(db)
  return rows.map(toDueMessage)
}

const isAhead = (kind: MessageKind, now: Date) => sql`exists (
  select from message reminder
  where reminder.visit_id = visit.id and reminder.kind = ${kind} and reminder.state = 'queued'
    and reminder.schedule_version = visit.schedule_version and reminder.due_at > ${now})`

const toDueMessage = ({ visitId, visitScheduleVersion, ...row }: ClaimedRow): DueMessage => {
  const { id, kind, scheduleVersion, details, uselessAfter, attempt, ...visit } = row
  return {
    id,
    kind,
    scheduleVersion,
    details: details ?? {},
    uselessAfter,
    attempt,
    visit: { ...visit, id: visitId, scheduleVersion: visitScheduleVersion },
  }
}

/** Writes what became of messages, all in one statement. */
export async function recordOutcomes(db: Db, provider: string, outcomes: readonly Outcome[]): Promise<void> {
  await sql`
    update message
    set state = o.state, attempts = o.attempts, due_at = coalesce(o."dueAt", message.due_at),
      leased_until = null, provider = ${provider}, provider_id = coalesce(o."providerId", provider_id),
      last_error = o.error, finished_at = o."finishedAt"
    from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as o(
      id uuid, attempt smallint, attempts smallint, state message_state, "dueAt" timestamptz,
      "providerId" text, error text, "finishedAt" timestamptz)
    where message.id = o.id and message.state = 'sending' and message.attempts = o.attempt`.execute(db)
}

/** The active visits behind an e-mail's hash, by time. */
export async function activeVisitsOf(
  db: DbOrTx,
  emailHash: Buffer,
): Promise<Pick<VisitToTell, 'number' | 'startsAt'>[]> {
  return db
    .selectFrom('visit')
    .select(['number', 'starts_at as startsAt'])
    .where('email_hash', '=', emailHash)
    .where('state', 'in', activeStates)
    .orderBy('starts_at')
    .execute()
}

/** Messages that were given up and that somebody should look at. */
export async function deadLetters(db: DbOrTx): Promise<number> {
  const { count } = await db
    .selectFrom('message')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('state', '=', 'dead')
    .executeTakeFirstOrThrow()
  return count
}

const overwritable: Record<'delivered' | 'undelivered', readonly MessageState[]> = {
  // A report may overtake our own note that the message was sent, or contradict a failure we saw
  delivered: ['queued', 'sending', 'sent', 'undelivered', 'expired', 'dead'],
  undelivered: ['sending', 'sent'],
}

/** Notes what the provider reports; reports come twice and in any order, 'delivered' is never taken back. */
export async function recordReport(
  db: DbOrTx,
  report: { messageId: string; state: 'delivered' | 'undelivered'; now: Date },
): Promise<void> {
  await db
    .updateTable('message')
    .set({ state: report.state, leased_until: null, finished_at: report.now })
    .where('id', '=', report.messageId)
    .where('channel', '=', 'sms')
    .where('state', 'in', overwritable[report.state])
    .execute()
}

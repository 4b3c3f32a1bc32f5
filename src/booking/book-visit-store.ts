import { sql } from 'kysely'
import { activeStates } from '../contract/visit-state'
import type { DbOrTx, Tx } from '../platform/db'
import type { Language } from '../texts/catalogue'
import type { Answers } from './answers'
import type { AgreedConsent } from './consents'
import type { Hold } from './hold'

export interface BookedVisit {
  id: string
  number: string
  startsAt: Date
  endsAt: Date
  branchId: number
  topicId: number
  language: Language
  hasGuardian: boolean
  linkVersion: number
}

export interface Person {
  phoneHash: Buffer
  emailHash: Buffer
}

export interface NewVisit extends Person {
  id: string
  number: string
  hold: Hold & { answers: Answers }
  /** Sealed. */
  client: Buffer
  consents: readonly AgreedConsent[]
  consentLanguage: Language
  limits: { activeVisitsPerPerson: number; activeVisitsPerTopic: number }
  /** The visit during which this one is booked: it gets no second one, and its consents keep their time. */
  followUpOf: string | null
  now: Date
}

export type Insertion =
  | { result: 'booked'; visit: BookedVisit }
  | { result: 'booked_before'; visitId: string }
  | { result: 'same_topic' | 'too_many_visits' | 'followed_before' | 'seat_gone' }

/**
 * Lets bookings of one phone or e-mail happen one after the other until the transaction ends, so that the
 * counts which follow see each other: two tabs of one person claim different seats, and no row of theirs is
 * common to both. Always in the same order, so that two bookings with phone and e-mail crossed never deadlock.
 */
export async function lockPerson(tx: Tx, { phoneHash, emailHash }: Person): Promise<void> {
  const keys = [phoneHash, emailHash].map((hash) => hash.readBigInt64BE()).sort((a, b) => (a < b ? -1 : 1))
  await sql`select pg_advisory_xact_lock(key) from unnest(${keys.map(String)}::bigint[]) as key`.execute(tx)
}

/**
 * One statement: the limits, the seat (held by this hold, or run out but claimed by nobody else since, still
 * ahead and not withdrawn), the visit, its consents, and the end of the hold with what was typed.
 */
export async function insertVisit(tx: Tx, visit: NewVisit): Promise<Insertion> {
  const {
    id,
    number,
    hold,
    phoneHash,
    emailHash,
    client,
    consents,
    consentLanguage,
    limits,
    followUpOf,
    now,
  } = visit
  const { answers } = hold
  const { rows } = await sql<{
    most: number
    most_of_topic: number
    followed: boolean
    earlier: string | null
    starts_at: Date | null
    ends_at: Date | null
  }>`
    with active as (
      select phone_hash = ${phoneHash} as by_phone, email_hash = ${emailHash} as by_email,
        topic_id = ${hold.topicId} as of_topic, follow_up_of = ${followUpOf}::uuid as follows_too
      from visit
      where (phone_hash = ${phoneHash} or email_hash = ${emailHash})
        and state in (${sql.join(activeStates.map((state) => sql.lit(state)))})
        and (ends_at > ${now} or state = 'in_progress')
    ), counts as materialized (
      select
        greatest(count(*) filter (where by_phone), count(*) filter (where by_email))::int as most,
        greatest(count(*) filter (where by_phone and of_topic),
          count(*) filter (where by_email and of_topic))::int as most_of_topic,
        coalesce(bool_or(follows_too), false) as followed
      from active
    ), claimed as (
      update seat set state = 'booked', hold_id = null, held_until = null
      from counts, hold
      where hold.id = ${hold.id} and seat.id = hold.seat_id
        and seat.state = 'held' and seat.hold_id = hold.id
        and (seat.held_until > ${now} or (seat.starts_at > ${now} and seat.withdrawn_at is null))
        and counts.most < ${limits.activeVisitsPerPerson}
        and counts.most_of_topic < ${limits.activeVisitsPerTopic}
        and not counts.followed
      returning seat.id, seat.branch_id, seat.starts_at, seat.ends_at, hold.country
    ), visit_added as (
      insert into visit (id, number, seat_id, branch_id, topic_id, starts_at, ends_at, state_changed_at, language,
        client, phone_hash, email_hash, has_guardian, recording_consent, booked_at, follow_up_of,
        country)
      select ${id}, ${number}, id, branch_id, ${hold.topicId}, starts_at, ends_at, ${now}, ${answers.language},
        ${client}, ${phoneHash}, ${emailHash}, ${answers.guardian !== null},
        ${consents.some(({ kind }) => kind === 'recording')}, ${now}, ${followUpOf}::uuid,
        country
      from claimed
      returning id
    ), consents_added as (
      insert into consent (visit_id, kind, version, label, language, given_at)
      select visit_added.id, given.kind, given.version, coalesce(earlier.label, given.label),
        coalesce(earlier.language, ${consentLanguage}), coalesce(earlier.given_at, ${now})
      from visit_added cross join unnest(
        ${consents.map(({ kind }) => kind)}::text[], ${consents.map(({ version }) => version)}::text[],
        ${consents.map(({ label }) => label)}::text[]
      ) as given(kind, version, label)
        left join consent as earlier
          on earlier.visit_id = ${followUpOf}::uuid and earlier.kind = given.kind
            and earlier.version = given.version
    ), hold_ended as (
      update hold set visit_id = visit_added.id, answers = null
      from visit_added where hold.id = ${hold.id}
    )
    select counts.most, counts.most_of_topic, counts.followed, claimed.starts_at, claimed.ends_at,
      (select visit_id from hold where id = ${hold.id}) as earlier
    from counts left join claimed on true`.execute(tx)
  const outcome = rows[0]
  if (!outcome) throw new Error('Counting always gives a row')
  if (outcome.starts_at && outcome.ends_at) {
    const { starts_at: startsAt, ends_at: endsAt } = outcome
    const { branchId, topicId } = hold
    const { language } = answers
    const hasGuardian = answers.guardian !== null
    return {
      result: 'booked',
      visit: { id, number, startsAt, endsAt, branchId, topicId, language, hasGuardian, linkVersion: 1 },
    }
  }
  if (outcome.earlier !== null) return { result: 'booked_before', visitId: outcome.earlier }
  if (outcome.followed) return { result: 'followed_before' }
  if (outcome.most_of_topic >= limits.activeVisitsPerTopic) return { result: 'same_topic' }
  if (outcome.most >= limits.activeVisitsPerPerson) return { result: 'too_many_visits' }
  return { result: 'seat_gone' }
}

/** A visit as booking answers it. */
export async function readBookedVisit(db: DbOrTx, id: string): Promise<BookedVisit> {
  const row = await db
    .selectFrom('visit')
    .select(['id', 'number', 'starts_at', 'ends_at', 'branch_id', 'topic_id', 'language', 'has_guardian'])
    .select('link_version')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return {
    id: row.id,
    number: row.number,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    branchId: row.branch_id,
    topicId: row.topic_id,
    language: row.language as Language,
    hasGuardian: row.has_guardian,
    linkVersion: row.link_version,
  }
}

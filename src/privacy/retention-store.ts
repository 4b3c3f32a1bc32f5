import { type RawBuilder, sql } from 'kysely'
import type { DataClass } from '../institution/kept-days'

/** What of a class is over its time: a query of keys, and how the rows of some keys go. */
interface Kept {
  due: (before: Date) => RawBuilder<{ id: string }>
  /** Left out where rows need more than a statement: see retention-classes.ts. */
  erase?: (ids: readonly string[]) => RawBuilder<unknown>
}

/** A legal hold of the recording holds everything of its visit. */
const notHeld = sql`not exists (
  select from recording where recording.visit_id = visit.id and recording.held_at is not null)`
const over = (before: Date) =>
  sql`visit.ends_at < ${before} and visit.state not in ('booked', 'waiting', 'in_progress') and ${notHeld}`

/** Rows that hang on a visit, by the visit's id. */
const ofVisit = (table: 'chat_message' | 'device_check' | 'message'): Kept => ({
  due: (before) => sql`
    select visit.id from visit where ${over(before)}
      and exists (select from ${sql.table(table)} part where part.visit_id = visit.id)`,
  erase: (ids) => sql`delete from ${sql.table(table)} where visit_id = any(${ids})`,
})

/** Every class whose rows one query finds; times count from the end of the visit where there is one. */
export const keptRows: Record<Exclude<DataClass, 'audit'>, Kept> = {
  visit: {
    due: (before) => sql`
      select visit.id from visit where client is not null and ${over(before)}
        and not exists (select from recording
          where recording.visit_id = visit.id and recording.state <> 'erased')
        and not exists (
          select from (select id from application where visit_id = visit.id
            union all select id from profile_confirmation where visit_id = visit.id) told
          join backoffice_entry entry on entry.subject_id = told.id where entry.state = 'queued')`,
  },
  contact: {
    due: (before) => sql`select visit.id from visit where phone_hash is not null and ${over(before)}`,
  },
  chat: ofVisit('chat_message'),
  notes: {
    due: (before) => sql`select visit.id from visit where staff_note is not null and ${over(before)}`,
    erase: (ids) => sql`update visit set staff_note = null where id = any(${ids})`,
  },
  deviceCheck: ofVisit('device_check'),
  messages: ofVisit('message'),
  ratingComment: {
    // A rating knows its week, not its day
    due: (before) =>
      sql`select id from rating where comment is not null and week + 7 < ${before}::timestamptz::date`,
    erase: (ids) => sql`update rating set comment = null where id = any(${ids})`,
  },
  hold: {
    // What became a visit stays until after it, so that the confirmation can be opened
    due: (before) => sql`select id from hold where created_at < ${before}
      and case when visit_id is null then held_until else ends_at end < ${before}`,
    erase: (ids) => sql`delete from hold where id = any(${ids})`,
  },
  backoffice: {
    due: (before) => sql`select id from backoffice_entry where state = 'taken' and taken_at < ${before}`,
    erase: (ids) => sql`
      with sent as (delete from webhook_delivery where entry_id = any(${ids}))
      delete from backoffice_entry where id = any(${ids})`,
  },
  session: {
    due: (before) =>
      sql`select encode(token_hash, 'hex') as id from staff_session where expires_at < ${before}`,
    erase: (ids) => sql`delete from staff_session where encode(token_hash, 'hex') = any(${ids})`,
  },
  request: {
    due: (before) => sql`select id from person_case where reason is not null and opened_at < ${before}`,
    erase: (ids) => sql`
      with orders as (update erasure_order set reason = null where case_id = any(${ids}))
      update person_case set reason = null, visit_ids = '{}' where id = any(${ids})`,
  },
  mailbox: {
    due: (before) => sql`select id from mailbox_item where received_at < ${before}`,
    erase: (ids) => sql`delete from mailbox_item where id = any(${ids}::bigint[])`,
  },
}

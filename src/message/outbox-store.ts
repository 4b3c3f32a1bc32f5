import { sql } from 'kysely'
import { activeStates } from '../contract/visit-state'
import type { DbOrTx } from '../platform/db'
import type { MessageDetails } from './message-details'
import type { MessageKind, PlannedMessage } from './message-plan'

interface NewMessages {
  visit: { id: string; scheduleVersion: number }
  messages: ({ id: string } & PlannedMessage)[]
  /** Kept with the news, not with reminders: those say what the visit says. */
  details: MessageDetails
  /** Kinds of this visit that are dropped where they still wait. */
  obsolete: readonly MessageKind[]
  now: Date
}

/** Writes messages and drops obsolete ones in one statement. A message that exists already is left as it is. */
export async function insertMessages(db: DbOrTx, fresh: NewMessages): Promise<void> {
  const { visit, messages, obsolete, now } = fresh
  const rows = messages.map(({ id, kind, channel, dueAt, uselessAfter }) => ({
    id,
    visit_id: visit.id,
    kind,
    channel,
    schedule_version: visit.scheduleVersion,
    details: kind.startsWith('reminder') ? null : JSON.stringify(fresh.details),
    due_at: dueAt,
    useless_after: uselessAfter,
    created_at: now,
  }))
  const insert = <T extends DbOrTx>(into: Pick<T, 'insertInto'>) =>
    into
      .insertInto('message')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
  if (obsolete.length === 0) {
    await insert(db).execute()
    return
  }
  await insert(
    db.with('obsolete', (query) =>
      query
        .updateTable('message')
        .set({ state: 'skipped', finished_at: now })
        .where('visit_id', '=', visit.id)
        .where('state', '=', 'queued')
        .where('kind', 'in', [...obsolete]),
    ),
  ).execute()
}

/** The confirmation once more, unless one is on its way or the visit is over. `id` is the new message's. */
export async function queueConfirmationAgain(
  db: DbOrTx,
  again: { id: string; visitId: string; now: Date; usefulMinutesAfterStart: number },
): Promise<void> {
  const { id, visitId, now, usefulMinutesAfterStart } = again
  await sql`
    insert into message
      (id, visit_id, kind, channel, schedule_version, copy, due_at, useless_after, created_at)
    select ${id}, visit.id, 'booked', 'email', visit.schedule_version,
      (select coalesce(max(copy) + 1, 0) from message
        where visit_id = visit.id and kind = 'booked' and schedule_version = visit.schedule_version),
      ${now}, visit.starts_at + make_interval(mins => ${usefulMinutesAfterStart}), ${now}
    from visit
    where visit.id = ${visitId} and visit.state in (${sql.join(activeStates)})
      and not exists (select from message
        where visit_id = visit.id and kind = 'booked' and state in ('queued', 'sending'))
    on conflict do nothing`.execute(db)
}

/**
 * One message to the address behind the hash, hung on its nearest active visit; nothing when there is none
 * or such a message is on its way.
 */
export async function queueNumbers(
  db: DbOrTx,
  request: { id: string; emailHash: Buffer; now: Date; message: PlannedMessage },
): Promise<void> {
  const { id, emailHash, now, message } = request
  await sql`
    with nearest as (
      select visit.id, visit.schedule_version from visit
      where email_hash = ${emailHash} and state in (${sql.join(activeStates)})
      order by starts_at limit 1)
    insert into message
      (id, visit_id, kind, channel, schedule_version, copy, due_at, useless_after, created_at)
    select ${id}, nearest.id, ${message.kind}, ${message.channel}, nearest.schedule_version,
      (select coalesce(max(copy) + 1, 0) from message
        where visit_id = nearest.id and kind = ${message.kind}
          and schedule_version = nearest.schedule_version),
      ${message.dueAt}, ${message.uselessAfter}, ${now}
    from nearest
    where not exists (select from message
      where visit_id = nearest.id and kind = ${message.kind} and state in ('queued', 'sending'))
    on conflict do nothing`.execute(db)
}

import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import { uuidV7 } from '../../src/platform/uuid'
import type { BookableTime } from './bookable-times'

const minute = 60_000
const clientBytes = 190

/** Connections that make the writes of a booking as plain SQL with the values written into it. */
export interface BareBooker {
  /** With the given one of the connections; an error unless the visit was written. */
  book: (connection: number, time: BookableTime, n: number) => Promise<void>
  close: () => Promise<void>
}

export async function openBareBooker(databaseUrl: string, connections: number): Promise<BareBooker> {
  const clients = Array.from({ length: connections }, () => new pg.Client({ connectionString: databaseUrl }))
  await Promise.all(clients.map((client) => client.connect()))
  return {
    book: async (connection, time, n) => {
      const client = clients[connection]
      if (!client) throw new Error(`There is no connection ${connection}`)
      const booking = newBooking(time, n)
      const held = await client.query(holdStatement(booking))
      if (held.rowCount !== 1) throw new Error('The bare hold found no seat')
      await client.query('begin')
      await client.query(
        `select pg_advisory_xact_lock(key) from unnest(array[${booking.lockKeys.join()}]::bigint[]) as key`,
      )
      const booked = await client.query(visitStatement(booking))
      if (booked.rowCount !== 1) throw new Error('The bare booking wrote no visit')
      await client.query(messagesStatement(booking))
      await client.query('commit')
    },
    close: async () => {
      await Promise.all(clients.map((client) => client.end()))
    },
  }
}

const hex = (bytes: Buffer) => `'\\x${bytes.toString('hex')}'`
const instant = (at: Date) => `'${at.toISOString()}'`

const newBooking = (time: BookableTime, n: number) => {
  const now = new Date()
  const hashes = ['phone', 'email'].map((what) => createHash('sha256').update(`bare ${what} ${n}`).digest())
  const [phoneHash = '', emailHash = ''] = hashes.map(hex)
  return {
    ...time,
    now,
    hold: uuidV7(now),
    owner: hex(randomBytes(32)),
    visit: uuidV7(now),
    number: `EW-${String(n).padStart(8, '0').replace(/^.{4}/, '$&-')}`,
    client: hex(randomBytes(clientBytes)),
    phoneHash,
    emailHash,
    lockKeys: hashes.map((hash) => hash.readBigInt64BE()).sort((a, b) => (a < b ? -1 : 1)),
  }
}
type NewBooking = ReturnType<typeof newBooking>

const holdStatement = ({ hold, owner, branchId, topicId, startsAt, now }: NewBooking) => {
  const heldUntil = instant(new Date(now.getTime() + 15 * minute))
  return `with chosen as materialized (
      select seat.id
      from desk
        join branch on branch.id = desk.branch_id and branch.active
        join desk_topic on desk_topic.desk_id = desk.id and desk_topic.topic_id = ${topicId}
        join topic on topic.id = desk_topic.topic_id and topic.active
        join seat on seat.desk_id = desk.id and seat.starts_at = ${instant(startsAt)}
      where desk.branch_id = ${branchId} and desk.active
        and ((seat.state = 'free' and (seat.claimable_from is null or seat.claimable_from <= ${instant(now)}))
          or (seat.state = 'held' and seat.held_until <= ${instant(now)}))
      order by (select count(*) from desk_topic as served where served.desk_id = desk.id), seat.id
      limit 1
      for update of seat skip locked
    ), claimed as (
      update seat set state = 'held', hold_id = '${hold}', held_until = ${heldUntil}, claimable_from = null
      from chosen where seat.id = chosen.id
      returning seat.id, seat.starts_at, seat.ends_at
    )
    insert into hold (id, owner_hash, seat_id, branch_id, topic_id, starts_at, ends_at, held_until,
      postal_code, language, created_at)
    select '${hold}', ${owner}, id, ${branchId}, ${topicId}, starts_at, ends_at, ${heldUntil}, '02758', 'pl',
      ${instant(now)}
    from claimed`
}

const visitStatement = ({
  hold,
  visit,
  number,
  client,
  phoneHash,
  emailHash,
  topicId,
  now,
}: NewBooking) => `with active as (
    select phone_hash = ${phoneHash} as by_phone, topic_id = ${topicId} as of_topic
    from visit
    where (phone_hash = ${phoneHash} or email_hash = ${emailHash})
      and state in ('booked', 'waiting', 'in_progress') and (ends_at > ${instant(now)} or state = 'in_progress')
  ), counts as materialized (
    select count(*) as most, count(*) filter (where of_topic) as most_of_topic from active
  ), claimed as (
    update seat set state = 'booked', hold_id = null, held_until = null
    from counts, hold
    where hold.id = '${hold}' and seat.id = hold.seat_id and seat.state = 'held' and seat.hold_id = hold.id
      and counts.most < 3 and counts.most_of_topic < 1
    returning seat.id, seat.branch_id, seat.starts_at, seat.ends_at
  ), visit_added as (
    insert into visit (id, number, seat_id, branch_id, topic_id, starts_at, ends_at, state_changed_at, language,
      client, phone_hash, email_hash, has_guardian, recording_consent, booked_at)
    select '${visit}', '${number}', id, branch_id, ${topicId}, starts_at, ends_at, ${instant(now)}, 'pl',
      ${client}, ${phoneHash}, ${emailHash}, false, true, ${instant(now)}
    from claimed
    returning id
  ), consents_added as (
    insert into consent (visit_id, kind, version, label, language, given_at)
    select visit_added.id, kind, '1', 'consent.' || kind, 'pl', ${instant(now)}
    from visit_added cross join unnest(array['privacy', 'recording']) as kind
  ), hold_ended as (
    update hold set visit_id = visit_added.id, answers = null from visit_added where hold.id = '${hold}'
  )
  select id from visit_added`

const messagesStatement = ({ visit, startsAt, now }: NewBooking) => {
  const before = (minutes: number) => new Date(startsAt.getTime() - minutes * minute)
  const message = (kind: string, channel: string, dueAt: Date, uselessAfter: Date) =>
    `('${uuidV7(now)}', '${visit}', '${kind}', '${channel}', 1, null, ${instant(dueAt)}, ${instant(uselessAfter)}, ${instant(now)})`
  return `insert into message
      (id, visit_id, kind, channel, schedule_version, details, due_at, useless_after, created_at)
    values ${message('booked', 'email', now, before(-15))},
      ${message('reminder_sms', 'sms', before(24 * 60), before(60))},
      ${message('reminder_email', 'email', before(60), startsAt)}
    on conflict do nothing`
}

import { sql } from 'kysely'
import type { QueuedVisit } from '../../src/message/queue-messages'
import { emailHash, phoneHash, sealClient } from '../../src/message/sealed-client'
import type { Db } from '../../src/platform/db'
import type { Keys } from '../../src/platform/keys'
import { uuidV7 } from '../../src/platform/uuid'
import type { Language } from '../../src/texts/catalogue'

export interface SampleVisit {
  startsAt: Date
  email: string
  phone?: string
  language?: Language
}

export type AddedVisit = QueuedVisit & { number: string; email: string }

const chunk = 2000

/**
 * Booked visits as the booking leaves them, without their messages. Each has a seat of its own far ahead:
 * only the visit's own time matters to messages.
 */
export async function addVisits(
  db: Db,
  keys: Keys,
  now: Date,
  wanted: readonly SampleVisit[],
): Promise<AddedVisit[]> {
  const topic = await db.selectFrom('topic').select('id').orderBy('id').executeTakeFirstOrThrow()
  const desk = await db.selectFrom('desk').select(['id', 'branch_id']).orderBy('id').executeTakeFirstOrThrow()
  const added: AddedVisit[] = []
  for (let from = 0; from < wanted.length; from += chunk) {
    const part = wanted.slice(from, from + chunk)
    const seats = await addSeats(db, desk, part.length)
    const rows = part.map(({ startsAt, email, phone = '+48601234567', language = 'pl' }, index) => {
      const id = uuidV7(now)
      const client = { firstName: 'Halina', lastName: 'Wiśniewska', phone, email, guardian: null }
      return {
        id,
        number: numberOf(seats[index] ?? 0),
        seat_id: seats[index] ?? 0,
        branch_id: desk.branch_id,
        topic_id: topic.id,
        starts_at: startsAt,
        ends_at: new Date(startsAt.getTime() + 20 * 60_000),
        state_changed_at: now,
        language,
        client: sealClient(keys, id, client),
        phone_hash: phoneHash(keys, phone),
        email_hash: emailHash(keys, email),
        has_guardian: false,
        recording_consent: true,
        booked_at: now,
      }
    })
    await db.insertInto('visit').values(rows).execute()
    part.forEach(({ startsAt, email, phone = '+48601234567' }, index) => {
      const row = rows[index]
      if (row) added.push({ id: row.id, number: row.number, startsAt, scheduleVersion: 1, phone, email })
    })
  }
  return added
}

async function addSeats(db: Db, desk: { id: number; branch_id: number }, count: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    insert into seat (desk_id, branch_id, starts_at, ends_at, state)
    select ${desk.id}, ${desk.branch_id}, t, t + interval '20 minutes', 'booked'
    from (select coalesce(max(ends_at), '2040-01-01Z') as free from seat
      where desk_id = ${desk.id} and starts_at >= '2040-01-01Z') as last,
      generate_series(0, ${count - 1}::int) as n,
      lateral (select last.free + n * interval '25 minutes' as t) as start
    returning id`.execute(db)
  return rows.map(({ id }) => id)
}

const signs = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

const numberOf = (seatId: number): string => {
  const text = Array.from({ length: 8 }, (_, place) => signs[Math.floor(seatId / 32 ** place) % 32]).join('')
  return `EW-${text.slice(0, 4)}-${text.slice(4)}`
}

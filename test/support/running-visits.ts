import { sql } from 'kysely'
import { emailHash, phoneHash, sealClient } from '../../src/message/sealed-client'
import type { Db } from '../../src/platform/db'
import type { Keys } from '../../src/platform/keys'
import { uuidV7 } from '../../src/platform/uuid'

const alphabet = '23456789ACDEFGHJKMNPQRTVWXY'
/** 'NAGR-2223': a number for each. */
const digits = (n: number): string =>
  `NAGR-${[3, 2, 1, 0].map((power) => alphabet.charAt(Math.floor(n / alphabet.length ** power) % alphabet.length)).join('')}`

/** Visits in progress at the demonstration branch, each at a desk of its own, all of one officer. @returns their ids */
export async function addRunningVisits(
  db: Db,
  {
    keys,
    officerEmail,
    count,
    minutes = 20,
  }: { keys: Keys; officerEmail: string; count: number; minutes?: number },
): Promise<string[]> {
  const now = new Date()
  const topic = await db.selectFrom('topic').select('id').orderBy('position').executeTakeFirstOrThrow()
  const branch = await db
    .selectFrom('branch')
    .select('id')
    .where('code', '=', 'POKAZ')
    .executeTakeFirstOrThrow()
  const officer = await db
    .selectFrom('staff')
    .select('id')
    .where('email', '=', officerEmail)
    .executeTakeFirstOrThrow()
  await sql`insert into desk (branch_id, name)
    select ${branch.id}, 'Nagranie ' || n from generate_series(1, ${count}) n`.execute(db)
  const endsAt = new Date(now.getTime() + minutes * 60_000)
  const seats = await sql<{ id: number }>`
    insert into seat (desk_id, branch_id, starts_at, ends_at, state)
    select id, branch_id, ${now}, ${endsAt}, 'booked' from desk where name like 'Nagranie %' returning id`.execute(
    db,
  )
  const rows = seats.rows.map((seat, n) => {
    const id = uuidV7(now)
    const [phone, email] = [`+48602${String(n).padStart(6, '0')}`, `nagranie.${n}@example.org`]
    return {
      id,
      number: `EW-${digits(n)}`,
      seat_id: seat.id,
      branch_id: branch.id,
      topic_id: topic.id,
      starts_at: now,
      ends_at: endsAt,
      state: 'in_progress' as const,
      state_changed_at: now,
      started_at: now,
      officer_id: officer.id,
      language: 'pl',
      client: sealClient(keys, id, {
        firstName: 'Halina',
        lastName: 'Wiśniewska',
        phone,
        email,
        guardian: null,
      }),
      phone_hash: phoneHash(keys, phone),
      email_hash: emailHash(keys, email),
      has_guardian: false,
      recording_consent: true,
      recording_state: 'starting',
      booked_at: now,
    }
  })
  await db.insertInto('visit').values(rows).execute()
  return rows.map(({ id }) => id)
}

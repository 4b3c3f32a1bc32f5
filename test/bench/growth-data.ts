import { sql } from 'kysely'
import { loadInstitution } from '../../src/institution/load-institution'
import { readInstitutionData } from '../../src/institution/read-institution-data'
import { type Db, openDatabase } from '../../src/platform/db'
import { migrate } from '../../src/platform/migrate'
import { testDay } from '../support/fake-clock'
import { query } from './bench-run'

export interface GrowthSize {
  branches: number
  /** Calendar days ahead with times. */
  days: number
  pastVisits: number
}

/** Fills an empty database: the bundled institution, more branches like its first one, seats, past visits. */
export async function fillDatabase(url: string, size: GrowthSize): Promise<void> {
  const { db, close } = openDatabase(url, { maxConnections: 1 })
  try {
    await migrate(db, 'migrations')
    await loadInstitution(db, await readInstitutionData('data/zus'), testDay)
    await addBranches(db, size.branches)
    const foreignKeys = await dropConstraints(db)
    await addPastVisits(db, size.pastVisits)
    await addSeats(db, 0, size.days)
    for (const foreignKey of foreignKeys) await sql.raw(foreignKey).execute(db)
  } finally {
    await close()
  }
  await query(url, 'vacuum analyze')
}

async function addBranches(db: Db, wanted: number): Promise<void> {
  await sql`
    with model as (
      select min(id) as id, count(*)::int as count from branch
    ), added as (
      insert into branch (code, name, city)
      select 'B' || n, 'Oddział ' || n, 'Miasto ' || n
      from model, generate_series(model.count + 1, ${wanted}::int) as n
      returning id
    ), desks as (
      insert into desk (branch_id, name)
      select added.id, desk.name from added, desk, model where desk.branch_id = model.id
      returning id, name
    )
    insert into desk_topic (desk_id, topic_id)
    select desks.id, served.topic_id
    from desks, model
      join desk as pattern on pattern.branch_id = model.id
      join desk_topic as served on served.desk_id = pattern.id
    where pattern.name = desks.name`.execute(db)
}

/**
 * Row by row, a million foreign keys take minutes, all at once seconds. The exclusion constraint, whose index
 * takes minutes either way and can serve no question for times, goes for good.
 * @returns the statements that make the foreign keys again: the planner estimates with them
 */
async function dropConstraints(db: Db): Promise<string[]> {
  const { rows } = await sql<{ owner: string; name: string; definition: string; foreign: boolean }>`
    select conrelid::regclass::text as owner, conname as name, pg_get_constraintdef(oid) as definition,
      contype = 'f' as foreign
    from pg_constraint
    where conrelid in ('seat'::regclass, 'visit'::regclass) and contype in ('f', 'x')`.execute(db)
  for (const { owner, name } of rows)
    await sql`alter table ${sql.ref(owner)} drop constraint ${sql.ref(name)}`.execute(db)
  return rows
    .filter(({ foreign }) => foreign)
    .map(({ owner, name, definition }) => `alter table "${owner}" add constraint "${name}" ${definition}`)
}

/** Twelve visits of a desk between 9:00 and 14:30, in minutes after midnight. */
const starts = [540, 565, 590, 615, 640, 695, 720, 745, 770, 795, 820, 845]

/** Seats of all desks on the weekdays among `days` days, the first of which is `from` days after the test's day. */
async function addSeats(db: Db, from: number, days: number): Promise<void> {
  await sql`
    insert into seat (desk_id, branch_id, starts_at, ends_at, state)
    select desk.id, desk.branch_id, start.at, start.at + interval '20 minutes',
      -- Three of five are taken, as in an ordinary week
      (case when (desk.id + start.minute / 5 + day) % 5 < 3 then 'booked' else 'free' end)::seat_state
    from generate_series(${from}::int, ${from + days - 1}::int) as day,
      desk,
      lateral (
        select minute, (${testDay}::date + day + make_interval(mins => minute)) at time zone 'Europe/Warsaw' as at
        from unnest(${starts}::int[]) as minute
      ) as start
    where extract(isodow from ${testDay}::date + day) < 6
    order by day, desk.id, start.at`.execute(db)
}

/** Visits on seats that lie behind, as far back as needed: of all topics, most of them held, some not. */
async function addPastVisits(db: Db, wanted: number): Promise<void> {
  if (wanted === 0) return
  const { desks } = await db
    .selectFrom('desk')
    .select(({ fn }) => fn.countAll<number>().as('desks'))
    .executeTakeFirstOrThrow()
  const weeks = Math.ceil(wanted / (desks * starts.length * 5))
  await addSeats(db, -7 * weeks, 7 * weeks)
  await sql`
    with topics as (select array_agg(id order by id) as ids from topic)
    insert into visit (id, number, seat_id, branch_id, topic_id, starts_at, ends_at, state, state_reason,
      state_changed_at, language, client, phone_hash, email_hash, has_guardian, recording_consent, booked_at,
      waiting_since, started_at, ended_at)
    select uuidv7(), 'EW-' || lpad(seat.id / 10000 || '', 4, '0') || '-' || lpad(seat.id % 10000 || '', 4, '0'),
      seat.id, seat.branch_id, ids[1 + seat.id % cardinality(ids)], starts_at, ends_at,
      (case seat.id % 20 when 0 then 'cancelled' when 1 then 'cancelled' when 2 then 'missed' when 3 then 'ended_early'
        else 'completed' end)::visit_state,
      case seat.id % 20 when 0 then 'client' when 1 then 'institution' when 2 then 'client' when 3 then 'noise' end,
      ends_at, 'pl', decode(repeat('5a', 200), 'hex'), sha256(seat.id::text::bytea),
      sha256(('e' || seat.id)::bytea), false, true, starts_at - interval '7 days',
      starts_at + make_interval(mins => (seat.id % 13)::int - 9), starts_at + make_interval(mins => (seat.id % 17)::int),
      starts_at + make_interval(mins => (10 + seat.id % 29)::int)
    from seat, topics
    order by seat.starts_at
    limit ${wanted}`.execute(db)
}

import { type RawBuilder, sql } from 'kysely'
import type { DbOrTx, Tx } from '../platform/db'
import type { Day } from '../platform/zone'

export interface BranchDay {
  branchId: number
  day: Day
}

/** One at a time counts: what two of them counted at once would be written twice. Until the transaction ends. */
export async function lockCounting(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('visit count'))`.execute(tx)
}

/** Takes marks away, oldest first. @returns the days they stand for, each once, and how many marks there were */
export async function takeDue(
  tx: Tx,
  timeZone: string,
  most: number,
): Promise<{ marks: number; days: BranchDay[] }> {
  const { rows } = await sql<BranchDay & { marks: number }>`
    with taken as (
      delete from visit_count_due where id in (select id from visit_count_due order by id limit ${most})
      returning branch_id, starts_at
    )
    select branch_id as "branchId", (starts_at at time zone ${timeZone}::text)::date as day, count(*)::int as marks
    from taken group by 1, 2 order by 1, 2`.execute(tx)
  return {
    marks: rows.reduce((sum, { marks }) => sum + marks, 0),
    days: rows.map(({ branchId, day }) => ({ branchId, day })),
  }
}

/** Marks every visit and seat of this time, as if it had just changed. */
export async function markDue(db: DbOrTx, { from, to }: { from: Date; to: Date }): Promise<void> {
  await sql`
    insert into visit_count_due (branch_id, starts_at)
    select branch_id, starts_at from visit
    where branch_id in (select id from branch) and starts_at >= ${from} and starts_at < ${to}
    union
    select branch_id, starts_at from seat where starts_at >= ${from} and starts_at < ${to}
    order by starts_at, branch_id`.execute(db)
}

/** As a table `changed` in a statement. */
export const unnested = (days: readonly BranchDay[]): RawBuilder<unknown> => sql`
  unnest(${days.map(({ branchId }) => branchId)}::int[], ${days.map(({ day }) => day)}::date[])
    as changed(branch_id, day)`

/** A minute or so is all that anybody needs to know; beyond ten hours it is a forgotten page. */
const minutes = (length: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  case when ${length} is not null
    then least(600, greatest(0, round(extract(epoch from ${length}) / 60)))::int::text end`

/** Counts the visits of these branches and days, and replaces what was counted before. */
export async function recountVisitsOf(tx: Tx, days: readonly BranchDay[], timeZone: string): Promise<void> {
  await sql`
    delete from visit_count using ${unnested(days)}
    where visit_count.branch_id = changed.branch_id and visit_count.day = changed.day`.execute(tx)
  await sql`
    with counted as materialized (
      select visit.branch_id, changed.day, topic_id, state, state_reason, starts_at, waiting_since, started_at,
        ended_at, state in ('completed', 'ended_early') as held
      from ${unnested(days)}
        -- Offset 0: one look into the index for each day; joined, all visits of a branch would be read for each
        cross join lateral (
          select * from visit
          where visit.branch_id = changed.branch_id
            and visit.starts_at >= changed.day::timestamp at time zone ${timeZone}::text
            and visit.starts_at < (changed.day + 1)::timestamp at time zone ${timeZone}::text
          offset 0
        ) as visit
    ), numbers as (
      select branch_id, day, topic_id, count(*) as booked,
        count(*) filter (where state = 'completed') as completed,
        count(*) filter (where state = 'ended_early') as ended_early,
        count(*) filter (where state = 'cancelled' and state_reason = 'client') as cancelled_by_client,
        count(*) filter (where state = 'cancelled' and state_reason <> 'client') as cancelled_by_institution,
        count(*) filter (where state = 'missed' and state_reason = 'client') as missed_by_client,
        count(*) filter (where state = 'missed' and state_reason <> 'client') as missed_by_institution
      from counted group by branch_id, day, topic_id
    ), values_of as (
      select branch_id, day, topic_id, measure, value, count(*) as visits
      from counted cross join lateral (values
        ('hour', case when state <> 'cancelled'
          then extract(hour from starts_at at time zone ${timeZone}::text)::int::text end),
        ('reason', case when state = 'ended_early' then state_reason end),
        ('waiting', case when held then ${minutes(sql`started_at - waiting_since`)} end),
        ('startLate', case when held then ${minutes(sql`started_at - starts_at`)} end),
        ('clientLate', case when held then ${minutes(sql`waiting_since - starts_at`)} end),
        ('lasting', case when held then ${minutes(sql`ended_at - started_at`)} end)
      ) as measured(measure, value)
      where value is not null
      group by 1, 2, 3, 4, 5
    ), spread as (
      select branch_id, day, topic_id, measure, jsonb_object_agg(value, visits) as spread
      from values_of group by 1, 2, 3, 4
    ), spreads as (
      select branch_id, day, topic_id, jsonb_object_agg(measure, spread) as spreads from spread group by 1, 2, 3
    )
    insert into visit_count
    select branch_id, day, topic_id, booked, completed, ended_early, cancelled_by_client,
      cancelled_by_institution, missed_by_client, missed_by_institution, coalesce(spreads, '{}')
    from numbers left join spreads using (branch_id, day, topic_id)`.execute(tx)
}

/** Adds up what is counted of all branches on these days. */
export async function addUpVisits(tx: Tx, days: readonly Day[]): Promise<void> {
  await sql`delete from visit_count where branch_id is null and day = any(${[...days]}::date[])`.execute(tx)
  await sql`
    with counted as materialized (
      select * from visit_count where branch_id is not null and day = any(${[...days]}::date[])
    ), spread as (
      select day, topic_id, measure, jsonb_object_agg(value, visits) as spread
      from (
        select day, topic_id, measured.key as measure, valued.key as value, sum(valued.value::int) as visits
        from counted, jsonb_each(spreads) as measured, jsonb_each_text(measured.value) as valued
        group by 1, 2, 3, 4
      ) as summed
      group by 1, 2, 3
    ), added as (
      select day, topic_id, jsonb_object_agg(measure, spread) as spreads from spread group by 1, 2
    )
    insert into visit_count
    select null, day, topic_id, sum(booked), sum(completed), sum(ended_early), sum(cancelled_by_client),
      sum(cancelled_by_institution), sum(missed_by_client), sum(missed_by_institution),
      coalesce((select added.spreads from added where added.day = counted.day and added.topic_id = counted.topic_id), '{}')
    from counted group by day, topic_id`.execute(tx)
}

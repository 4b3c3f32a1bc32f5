import { sql } from 'kysely'
import { claimable } from '../booking/seat-store'
import type { DbOrTx } from '../platform/db'
import type { Day } from '../platform/zone'
import type { Counted, Outcomes } from './counted'
import type { DayRange } from './period'

/** Branches to count; `all` takes what was added up of all of them. */
export type Branches = 'all' | readonly number[]

export interface Asked {
  branches: Branches
  topicId: number | null
  range: DayRange
}

export interface CountedDay extends Counted {
  day: Day
  branchId: number | null
  topicId: number
}

const numbers = sql`booked, completed, ended_early as "endedEarly",
  cancelled_by_client as "cancelledByClient", cancelled_by_institution as "cancelledByInstitution",
  missed_by_client as "missedByClient", missed_by_institution as "missedByInstitution"`

const sums = sql`sum(booked)::int as booked, sum(completed)::int as completed,
  sum(ended_early)::int as "endedEarly", sum(cancelled_by_client)::int as "cancelledByClient",
  sum(cancelled_by_institution)::int as "cancelledByInstitution",
  sum(missed_by_client)::int as "missedByClient", sum(missed_by_institution)::int as "missedByInstitution"`

const ofTopic = (topicId: number | null) => (topicId === null ? sql`true` : sql`topic_id = ${topicId}`)
export const ofBranches = (branches: Branches) =>
  branches === 'all' ? sql`branch_id is null` : sql`branch_id = any(${[...branches]}::int[])`
/** The same, each branch by itself. */
export const eachOf = (branches: Branches) =>
  branches === 'all' ? sql`branch_id is not null` : ofBranches(branches)
export const withinDays = ({ from, to }: DayRange) => sql`day between ${from}::date and ${to}::date`

/** What is counted of each day and topic, in the order of days. */
export async function readCounted(db: DbOrTx, { branches, topicId, range }: Asked): Promise<CountedDay[]> {
  const { rows } = await sql<CountedDay>`
    select day, branch_id as "branchId", topic_id as "topicId", ${numbers}, spreads
    from visit_count
    where ${ofBranches(branches)} and ${withinDays(range)} and ${ofTopic(topicId)}
    order by day, topic_id, branch_id`.execute(db)
  return rows
}

export type DailyRow = Outcomes & { day: Day; branchId: number; topicId: number }

/** The outcomes of each day, branch and topic. */
export async function readDaily(db: DbOrTx, { branches, topicId, range }: Asked): Promise<DailyRow[]> {
  const { rows } = await sql<DailyRow>`
    select day, branch_id as "branchId", topic_id as "topicId", ${numbers}
    from visit_count
    where ${eachOf(branches)} and ${withinDays(range)} and ${ofTopic(topicId)}
    order by day, branch_id, topic_id`.execute(db)
  return rows
}

/** The outcomes of all days together; nothing to sum is all zeros. */
export async function readOutcomes(
  db: DbOrTx,
  { branches, topicId, range }: Asked,
): Promise<Outcomes | undefined> {
  const { rows } = await sql<{ [name in keyof Outcomes]: number | null }>`
    select ${sums} from visit_count
    where ${ofBranches(branches)} and ${withinDays(range)} and ${ofTopic(topicId)}`.execute(db)
  return typeof rows[0]?.booked === 'number' ? (rows[0] as Outcomes) : undefined
}

/** The outcomes by branch. */
export async function readByBranch(
  db: DbOrTx,
  { branches, topicId, range }: Asked,
): Promise<(Outcomes & { branchId: number })[]> {
  const { rows } = await sql<Outcomes & { branchId: number }>`
    select branch_id as "branchId", ${sums} from visit_count
    where ${eachOf(branches)} and ${withinDays(range)} and ${ofTopic(topicId)}
    group by branch_id order by sum(booked) desc, branch_id`.execute(db)
  return rows
}

export interface UnmetRow {
  branchId: number
  topicId: number
  /** Three digits, or '' when the branch was chosen from the list. */
  area: string
  searches: number
}

/** Searches without a free time, by branch, topic and area. */
export async function readUnmet(db: DbOrTx, { branches, topicId, range }: Asked): Promise<UnmetRow[]> {
  const { rows } = await sql<UnmetRow>`
    select branch_id as "branchId", topic_id as "topicId", area, sum(searches)::int as searches
    from unmet_search
    where ${branches === 'all' ? sql`true` : ofBranches(branches)} and ${withinDays(range)} and ${ofTopic(topicId)}
    group by 1, 2, 3 order by 4 desc, 1, 2, 3`.execute(db)
  return rows
}

/** The first time that can be claimed now for each of these branches and topics; those without any are left out. */
export async function readNearest(
  db: DbOrTx,
  wanted: readonly { branchId: number; topicId: number }[],
  { from, to, now }: { from: Date; to: Date; now: Date },
): Promise<{ branchId: number; topicId: number; startsAt: Date }[]> {
  const { rows } = await sql<{ branchId: number; topicId: number; startsAt: Date }>`
    select wanted.branch_id as "branchId", wanted.topic_id as "topicId", min(nearest.starts_at) as "startsAt"
    from unnest(${wanted.map(({ branchId }) => branchId)}::int[], ${wanted.map(({ topicId }) => topicId)}::int[])
        as wanted(branch_id, topic_id)
      join branch on branch.id = wanted.branch_id and branch.active
      join topic on topic.id = wanted.topic_id and topic.active
      join desk on desk.branch_id = branch.id and desk.active
      join desk_topic on desk_topic.desk_id = desk.id and desk_topic.topic_id = topic.id
      cross join lateral (
        select starts_at from seat
        where seat.desk_id = desk.id and starts_at >= ${from} and starts_at < ${to} and ${claimable(now)}
        order by starts_at limit 1
      ) as nearest
    group by 1, 2`.execute(db)
  return rows
}

export interface RatingRow {
  score: number
  settled: string | null
  ratings: number
}

/** Ratings of the weeks that begin on these days: a rating knows no more than its week. */
export async function readRatings(
  db: DbOrTx,
  { branches, topicId, range: { from, to } }: Asked,
): Promise<RatingRow[]> {
  const { rows } = await sql<RatingRow>`
    select score, settled, count(*)::int as ratings
    from rating
    where ${branches === 'all' ? sql`true` : ofBranches(branches)} and ${ofTopic(topicId)}
      and week between ${from}::date and ${to}::date
    group by score, settled`.execute(db)
  return rows
}

export interface Names {
  branches: ReadonlyMap<number, string>
  topics: ReadonlyMap<number, string>
}

/** Names of all branches and topics, closed ones too: figures reach back behind them. */
export async function readNames(db: DbOrTx): Promise<Names> {
  const branches = await db.selectFrom('branch').select(['id', 'name']).execute()
  const topics = await sql<{ id: number; name: string }>`
    select id, texts -> 'pl' ->> 'name' as name from topic order by position`.execute(db)
  return {
    branches: new Map(branches.map(({ id, name }) => [id, name])),
    topics: new Map(topics.rows.map(({ id, name }) => [id, name])),
  }
}

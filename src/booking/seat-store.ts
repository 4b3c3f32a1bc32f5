import { type RawBuilder, sql } from 'kysely'
import type { DbOrTx } from '../platform/db'

/**
 * Condition on the table seat: it can be claimed. A hold that ran out needs no sweeper, it simply no longer counts.
 * A withdrawn seat is never claimed, however it became free: nobody is at its desk then.
 */
export const claimable = (now: Date): RawBuilder<boolean> => sql`(seat.withdrawn_at is null and (
  (seat.state = 'free' and (seat.claimable_from is null or seat.claimable_from <= ${now}))
  or (seat.state = 'held' and seat.held_until <= ${now})))`

/**
 * What of a held seat its holder gives up. A withdrawn one is not free at once: its hold has ended then, and
 * `freeLapsedHolds` offers the time anew.
 */
export const givenUp = (now: Date): RawBuilder<unknown> => sql`
  state = case when seat.withdrawn_at is null then 'free' else seat.state end,
  hold_id = case when seat.withdrawn_at is null then null else seat.hold_id end,
  held_until = case when seat.withdrawn_at is null then null else ${now}::timestamptz end`

/** A start time of a topic at a branch. */
export interface SeatTime {
  branchId: number
  topicId: number
  startsAt: Date
}

/**
 * Tables and conditions of the seats of a topic at a branch: those of active desks that serve it, while both are
 * active. Withdrawn ones are not among them: their times are no longer offered, taken or not.
 */
export const served = (
  { branchId, topicId }: { branchId: number; topicId: number },
  isWanted: RawBuilder<boolean>,
): RawBuilder<unknown> => sql`
  from desk
    join desk_topic on desk_topic.desk_id = desk.id and desk_topic.topic_id = ${topicId}
    join seat on seat.desk_id = desk.id and seat.withdrawn_at is null and ${isWanted}
  where desk.branch_id = ${branchId} and desk.active
    and (select active from branch where id = ${branchId})
    and (select active from topic where id = ${topicId})`

const servedAt = (time: SeatTime): RawBuilder<unknown> => served(time, sql`seat.starts_at = ${time.startsAt}`)

/**
 * Query for the id of the seat to claim, locked. Why these locks: FOR UPDATE makes the choice and the change
 * that follows in the same statement one step; SKIP LOCKED sends the next person on to the next desk instead
 * of into a line behind the first. Whoever has locked a seat is about to take it, so that nothing free is
 * passed over; and as claims never wait, they never deadlock.
 * The desk with the fewest topics goes first, so that the flexible ones stay free for the others.
 * `orThis` says which seats may be taken though not claimable, `rather` which one is wanted before all others.
 */
export const seatToClaim = (
  time: SeatTime,
  now: Date,
  { orThis = sql`false`, rather = null }: { orThis?: RawBuilder<boolean>; rather?: number | null } = {},
): RawBuilder<unknown> => sql`
  select seat.id ${servedAt(time)} and (${claimable(now)} or ${orThis})
  order by seat.id is distinct from ${rather}::bigint,
    (select count(*) from desk_topic as other where other.desk_id = desk.id), seat.id
  limit 1
  for update of seat skip locked`

/** Whether the time exists at all, taken or not. */
export async function isOffered(db: DbOrTx, time: SeatTime): Promise<boolean> {
  const { rows } = await sql`select 1 ${servedAt(time)} limit 1`.execute(db)
  return rows.length > 0
}

/** Whether a claim of the time would succeed now. */
export async function canBeClaimed(db: DbOrTx, time: SeatTime, now: Date): Promise<boolean> {
  const { rows } = await sql`select 1 ${servedAt(time)} and ${claimable(now)} limit 1`.execute(db)
  return rows.length > 0
}

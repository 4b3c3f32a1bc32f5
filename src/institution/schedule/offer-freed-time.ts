import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db'
import { addDays, dayOf } from '../../platform/zone'
import { insertSeats, lockSchedule, readHorizon, readSchedule } from './schedule-store'
import { wantedSeats } from './wanted-seats'

/** A seat that has just become nobody's. */
export interface FreedSeat {
  deskId: number
  branchId: number
  startsAt: Date
  endsAt: Date
  /** From when on others may claim the time. */
  claimableFrom: Date | null
  isWithdrawn: boolean
}

/** The columns of the table seat that make a FreedSeat. */
export const freedSeat: RawBuilder<unknown> = sql`seat.desk_id as "deskId", seat.branch_id as "branchId",
  seat.starts_at as "startsAt", seat.ends_at as "endsAt", seat.claimable_from as "claimableFrom",
  seat.withdrawn_at is not null as "isWithdrawn"`

/**
 * Offers what the schedule wants at the time of a withdrawn seat, now that nobody has it: until then it kept its time
 * from others. In the transaction that freed it, so that the time is never lost in between. A seat that is not
 * withdrawn is offered itself.
 *
 * The lock on the schedule comes last: a change of it that waits for this very seat makes a deadlock, and one of the
 * two is made again. Freed seats are rarely withdrawn, and taking the lock first would slow down all of them.
 */
export async function offerFreedTime(tx: Tx, seat: FreedSeat | undefined, now: Date): Promise<void> {
  if (!seat?.isWithdrawn) return
  await lockSchedule(tx)
  const { timeZone, horizonDays } = await readHorizon(tx)
  const schedule = await readSchedule(tx, seat, timeZone)
  const lastDay = addDays(dayOf(now, timeZone), horizonDays - 1)
  const endsOn = dayOf(seat.endsAt, timeZone)
  const wanted = wantedSeats(
    schedule,
    dayOf(seat.startsAt, timeZone),
    endsOn < lastDay ? endsOn : lastDay,
  ).filter(({ startsAt, endsAt }) => startsAt > now && startsAt < seat.endsAt && endsAt > seat.startsAt)
  if (wanted.length > 0) await insertSeats(tx, wanted, seat.claimableFrom)
}

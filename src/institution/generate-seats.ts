import { type Db, inTransaction } from '../platform/db'
import { addDays, type Day } from '../platform/zone'
import { insertSeats, lockSchedule, readSchedule } from './schedule/schedule-store'
import { wantedSeats } from './schedule/wanted-seats'

/**
 * Adds the seats that are still missing on `days` days from `from` on, for all active desks; seats that exist,
 * free or not, stay as they are, and none is made that would overlap one. Closures and public holidays are
 * left out, and so is what lies before `now`. Running it again, or twice at once, adds nothing.
 * @returns the number of seats added
 */
export async function generateSeats(
  db: Db,
  { from, days, now, timeZone }: { from: Day; days: number; now: Date; timeZone: string },
): Promise<number> {
  return inTransaction(db, async (tx) => {
    await lockSchedule(tx)
    const schedule = await readSchedule(tx, { branchId: null, deskId: null }, timeZone)
    const wanted = wantedSeats(schedule, from, addDays(from, days - 1))
    return insertSeats(
      tx,
      wanted.filter(({ startsAt }) => startsAt > now),
    )
  })
}

import { type Db, inTransaction } from '../platform/db'
import { addDays, type Day, dayOf, instantAt } from '../platform/zone'
import { addUpSeats, recountSeatsOf } from './count-seats-store'
import { addUpVisits, lockCounting, markDue, recountVisitsOf, takeDue } from './count-visits-store'

/** Marks of one transaction: a second's work at most. */
const mostMarks = 5000

/**
 * Counts anew every branch and day on which a visit or a seat changed since the last time. Exact: a mark is seen only
 * together with the change that made it, and the counting comes after the marks were taken.
 * @param most transactions at most; what is left waits for the next time
 */
export async function countVisits(
  db: Db,
  { timeZone, most = Infinity }: { timeZone: string; most?: number },
): Promise<void> {
  for (let n = 0; n < most; n++) {
    const marks = await inTransaction(db, async (tx) => {
      await lockCounting(tx)
      const due = await takeDue(tx, timeZone, mostMarks)
      if (due.days.length > 0) {
        const days = distinct(due.days.map(({ day }) => day))
        await recountVisitsOf(tx, due.days, timeZone)
        await addUpVisits(tx, days)
        await recountSeatsOf(tx, due.days, timeZone)
        await addUpSeats(tx, days)
      }
      return due.marks
    })
    if (marks < mostMarks) return
  }
}

const distinct = (days: readonly Day[]): Day[] => [...new Set(days)]

/** Days back whose visits may still change; what is older stays counted when its visits are deleted. */
const daysBack = 14
/** Further ahead than anybody can book. */
const daysAhead = 400

/** Counts all that is recent or ahead from nothing: whatever went wrong with it is right again afterwards. */
export async function recountVisits(
  db: Db,
  { now, timeZone }: { now: Date; timeZone: string },
): Promise<void> {
  const today = dayOf(now, timeZone)
  await markDue(db, {
    from: instantAt(addDays(today, -daysBack), '00:00', timeZone),
    to: instantAt(addDays(today, daysAhead), '00:00', timeZone),
  })
  await countVisits(db, { timeZone })
}

import type { Db } from '../platform/db'
import { dayOf } from '../platform/zone'
import type { Institution } from './directory'
import { generateSeats } from './generate-seats'

/**
 * Makes seats up to the end of the horizon and for one day more, so that the day that is added at midnight is
 * there even when the daily run comes later. Run it once a day and after every change of a schedule.
 * @returns the number of seats added
 */
export function extendHorizon(
  db: Db,
  { institution, now }: { institution: Institution; now: Date },
): Promise<number> {
  const { timeZone, settings } = institution
  return generateSeats(db, { from: dayOf(now, timeZone), days: settings.horizonDays + 2, now, timeZone })
}

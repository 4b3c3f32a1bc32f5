import { earliestStart } from '../booking/seat'
import { lastOfferedDay } from '../booking/offer-times'
import type { Branch, Directory } from '../institution/directory'
import type { Db } from '../platform/db'
import { addDays, type Day, dayOf, instantAt } from '../platform/zone'
import { may } from '../staff/may'
import type { Staff } from '../staff/staff'
import { countVisits } from './count-visits'
import { type Outcomes, totalOf } from './counted'
import { type Seats, seatsTogether } from './occupancy'
import { readSeatDays } from './occupancy-store'
import { comparedRanges, daysIn, type DayRange, type Period } from './period'
import { type OccupancyFigures, readOccupancy } from './read-occupancy'
import { type Area, areasOf, mostAreas } from './unmet'
import type { StatisticsFilter } from './statistics-filter'
import {
  type Asked,
  type Branches,
  type CountedDay,
  type Names,
  type RatingRow,
  readByBranch,
  readCounted,
  readNames,
  readNearest,
  readOutcomes,
  readRatings,
  readUnmet,
  type UnmetRow,
} from './statistics-store'

export interface Statistics {
  filter: StatisticsFilter
  period: Period
  today: Day
  rows: readonly CountedDay[]
  total: Outcomes
  /** The same stretch of this period and the one before; undefined when this one has not begun. */
  compared: { now: Compared; before: Compared } | undefined
  /** Empty unless several branches are counted. */
  byBranch: readonly (Outcomes & { branchId: number })[]
  unmet: readonly UnmetRow[]
  areas: readonly Area[]
  ratings: readonly RatingRow[]
  /** Null when a topic was asked for: a seat serves several. */
  occupancy: OccupancyFigures | null
  names: Names
}

export interface Compared {
  range: DayRange
  outcomes: Outcomes
  unmet: number
  seats: Seats | null
}

/** Branches whose figures this person may see. */
export const countedBranches = (staff: Staff, directory: Directory): readonly Branch[] =>
  directory.branches.filter(({ id }) => may(staff, 'see_statistics', id))

/** Everything that the page and its tables show; undefined when this person may not see it. */
export async function readStatistics(
  db: Db,
  {
    staff,
    filter,
    directory,
    now,
  }: { staff: Staff; filter: StatisticsFilter; directory: Directory; now: Date },
): Promise<Statistics | undefined> {
  const branches = countedIn(staff, filter, directory)
  if (!branches) return undefined
  const { timeZone } = directory.institution
  // What has changed within the last minute; the rest was counted by the job
  await countVisits(db, { timeZone, most: 1 })

  const { period, topic } = filter
  const today = dayOf(now, timeZone)
  const asked = (range: DayRange): Asked => ({ branches, topicId: topic?.id ?? null, range })
  const whole = asked(period)
  const several = branches === 'all' || branches.length > 1
  const [rows, byBranch, unmet, ratings, occupancy, names, compared] = await Promise.all([
    readCounted(db, whole),
    several ? readByBranch(db, whole) : [],
    readUnmet(db, whole),
    readRatings(db, whole),
    topic ? null : readOccupancy(db, { branches, period, today }),
    readNames(db),
    compare(db, period, today, asked),
  ])
  const areas = await withNearest(db, areasOf(unmet).slice(0, mostAreas), { directory, now })
  const total = totalOf(rows)
  const counted = { rows, total, compared, byBranch, unmet, areas, ratings, occupancy }
  return { filter, period, today, names, ...counted }
}

/** What of the filter this person may see; undefined when nothing. */
export function countedIn(
  staff: Staff,
  { branch }: StatisticsFilter,
  directory: Directory,
): Branches | undefined {
  if (branch) return may(staff, 'see_statistics', branch.id) ? [branch.id] : undefined
  const allowed = countedBranches(staff, directory)
  if (allowed.length === 0) return undefined
  // Somebody without a branch sees closed ones, too
  return staff.branchId === null ? 'all' : allowed.map(({ id }) => id)
}

async function compare(
  db: Db,
  period: Period,
  today: Day,
  asked: (range: DayRange) => Asked,
): Promise<Statistics['compared']> {
  const ranges = comparedRanges(period, today)
  if (!ranges) return undefined
  const read = async (range: DayRange): Promise<Compared> => {
    const wanted = asked(range)
    const [outcomes, unmet, seatDays] = await Promise.all([
      readOutcomes(db, wanted),
      readUnmet(db, wanted),
      wanted.topicId === null ? readSeatDays(db, wanted) : null,
    ])
    return {
      range,
      outcomes: outcomes ?? totalOf([]),
      unmet: unmet.reduce((sum, { searches }) => sum + searches, 0),
      seats: seatDays && seatsTogether(seatDays),
    }
  }
  const [one, other] = await Promise.all([read(ranges.now), read(ranges.before)])
  return { now: one, before: other }
}

async function withNearest(
  db: Db,
  areas: readonly Area[],
  { directory, now }: { directory: Directory; now: Date },
): Promise<Area[]> {
  if (areas.length === 0) return []
  const { timeZone, settings } = directory.institution
  const today = dayOf(now, timeZone)
  const last = lastOfferedDay(today, settings)
  const nearest = await readNearest(
    db,
    areas.flatMap(({ searched }) => searched),
    { from: earliestStart(now, settings), to: instantAt(addDays(last, 1), '00:00', timeZone), now },
  )
  return areas.map((area) => {
    const times = nearest
      .filter((time) =>
        area.searched.some(({ branchId, topicId }) => branchId === time.branchId && topicId === time.topicId),
      )
      .map(({ startsAt }) => startsAt.getTime())
    const first = times.length > 0 && new Date(Math.min(...times))
    const nearestInDays = first ? daysIn({ from: today, to: dayOf(first, timeZone) }) - 1 : null
    return { ...area, nearestInDays }
  })
}

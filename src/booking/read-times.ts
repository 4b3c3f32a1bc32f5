import type { Branch } from '../institution/directory'
import { type Day, dayOf, isDay } from '../platform/zone'
import { type BookingServices, today } from './booking-services'
import { recentOffer } from './offer-cache'
import { readOpenWindows } from './offer-store'
import { earlierFree, lastOfferedDay, type OfferedTimes, offerTimes } from './offer-times'
import type { OpenDays } from './pages/from-days'

/** Days on one page: two stand side by side. */
const daysShown = 2

export interface ShownTimes {
  offered: OfferedTimes
  open: OpenDays
  from: Day
  /** The first free time before `from`, when there is none from then on. */
  earlierFree: Date | null
  /** The day asked for lies outside of the horizon; the times are those of the first days. */
  outOfRange: boolean
}

/** The times of a branch and topic from the day `asked` for (as typed in an address) on. */
export const readTimes = async (
  services: BookingServices,
  { branch, topicId, asked }: { branch: Pick<Branch, 'id'>; topicId: number; asked: string | undefined },
): Promise<ShownTimes> => {
  const { db, clock, directory } = services
  const { timeZone, settings } = directory.institution
  const first = today(services)
  const last = lastOfferedDay(first, settings)
  const inRange = asked !== undefined && isDay(asked) && asked >= first && asked <= last
  const from = inRange ? asked : first
  const now = clock.now()
  const question = {
    branchId: branch.id,
    topicId,
    from,
    dayCount: daysShown,
    now,
    timeZone,
    settings,
  }
  const windows = await recentOffer(
    db,
    { branchId: branch.id, key: `${branch.id} ${topicId} windows`, now },
    () => readOpenWindows(db, { branchId: branch.id, topicId, today: first }),
  )
  const offered = await offerTimes(db, question)
  return {
    offered,
    open: { first, last, windows },
    from,
    earlierFree: await earlierFree(db, question, offered),
    outOfRange: Boolean(asked) && !inRange,
  }
}

const nearestCount = 4
const daysAround = 5

/** Free times near one that is gone, in order. */
export const nearestTimes = async (
  { db, clock, directory }: BookingServices,
  { branchId, topicId, startsAt }: { branchId: number; topicId: number; startsAt: Date },
): Promise<Date[]> => {
  const { timeZone, settings } = directory.institution
  const now = clock.now()
  const wanted = dayOf(startsAt < now ? now : startsAt, timeZone)
  const { days, firstFree } = await offerTimes(db, {
    branchId,
    topicId,
    from: wanted,
    dayCount: daysAround,
    now,
    timeZone,
    settings,
  })
  const distance = (instant: Date): number => Math.abs(instant.getTime() - startsAt.getTime())
  const free = days.flatMap(({ times }) => times).filter((time) => time.free)
  const nearest = free
    .map((time) => time.startsAt)
    .filter((instant) => instant.getTime() !== startsAt.getTime())
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, nearestCount)
    .sort((a, b) => a.getTime() - b.getTime())
  return nearest.length > 0 || firstFree === null ? nearest : [firstFree]
}

import type { InstitutionSettings } from '../institution/institution-data'
import type { Db } from '../platform/db'
import type { Day } from '../platform/zone'

export interface OfferedTimes {
  /** Only days that have seats; one entry per start, free when some desk can be claimed then. */
  days: { day: Day; times: { startsAt: Date; free: boolean }[] }[]
  /** The first free start from `from` on, also beyond the shown days. */
  firstFree: Date | null
  /** Where the next and the previous page of days begin; null when there is none. */
  nextFrom: Day | null
  previousFrom: Day | null
  /** The last day of the horizon. */
  lastDay: Day
}

export interface OfferQuestion {
  branchId: number
  topicId: number
  from: Day
  dayCount: number
  now: Date
  timeZone: string
  settings: InstitutionSettings
}

/** Days and times of a topic at a branch, from one query; at most a second old. */
export declare function offerTimes(db: Db, question: OfferQuestion): Promise<OfferedTimes>

import { readClient } from '../booking/visit-links'
import type { Branch, Directory } from '../institution/directory'
import type { Db } from '../platform/db'
import type { Keys } from '../platform/keys'
import { may } from '../staff/may'
import type { Staff } from '../staff/staff'
import type { Refusal } from './decision-store'
import { proposeSeats } from './propose-seats'
import { type RecentRun, readRecentRuns, readRefusals } from './recent-runs-store'
import { defaultReplanPolicy, offerUntil, type ReplanPolicy } from './replan-policy'
import {
  countTouched,
  readFreeSeats,
  readOtherVisits,
  readTouched,
  type TouchedCount,
  type TouchedVisit,
} from './touched-store'

/** A time that a touched visit can be given. */
export interface SeatChoice {
  seatId: number
  startsAt: Date
  deskName: string
}

/** A touched visit with what can become of it. */
export interface TouchedRow {
  visit: TouchedVisit
  /** Null for who may not see who it is. */
  client: string | null
  topic: string
  /** Its client was asked, and may still choose. */
  isChoosing: boolean
  /** Times for it, the proposal first; empty when there is none. */
  choices: SeatChoice[]
  /** Whether the client can be asked to choose. */
  canBeOffered: boolean
  /** Why the last decision about it was not carried out. */
  refusal: Refusal | undefined
}

export interface Replanning {
  rows: TouchedRow[]
  count: TouchedCount
  runs: RecentRun[]
}

export interface ReplanningQuestion {
  staff: Staff
  branch: Branch
  now: Date
  keys: Keys
  directory: Directory
  policy?: ReplanPolicy
}

/** So many visits are decided about at once; more follow when these are done. */
export const mostRows = 200
const recentMilliseconds = 60 * 60_000

/** The touched visits of a branch with a proposal for each, and what was done about others within the last hour. */
export async function readReplanning(db: Db, question: ReplanningQuestion): Promise<Replanning> {
  const { staff, branch, now, keys, directory, policy = defaultReplanPolicy } = question
  const { timeZone, settings } = directory.institution
  const branchId = branch.id
  const since = new Date(now.getTime() - recentMilliseconds)
  const visits = await readTouched(db, { branchId, now, limit: mostRows })
  const until = new Date(now.getTime() + settings.horizonDays * 86_400_000)
  const seats = visits.length === 0 ? [] : await readFreeSeats(db, { branchId, now, until })
  const taken = visits.length === 0 ? [] : await readOtherVisits(db, visits)
  const refusals = await readRefusals(db, { branchId, since })
  const toPlace = visits.filter(({ isWithdrawn }) => isWithdrawn)
  const proposals = proposeSeats({ visits: toPlace, seats, taken, now, timeZone, policy })
  const nameOf = new Map(seats.map(({ id, deskName }) => [id, deskName]))
  const mayName = may(staff, 'see_visit', branchId)

  const choicesOf = (visit: TouchedVisit): SeatChoice[] => {
    if (!visit.isWithdrawn) return [{ ...visit, seatId: visit.seatId }]
    const { seat = null, others = [] } = proposals.get(visit.id) ?? {}
    return [...(seat ? [seat] : []), ...others].map(({ id, startsAt }) => ({
      seatId: id,
      startsAt,
      deskName: nameOf.get(id) ?? '',
    }))
  }
  const counts = await countTouched(db, { branchIds: [branchId], now })
  return {
    count: counts.get(branchId) ?? { toDecide: 0, choosing: 0 },
    runs: await readRecentRuns(db, { branchId, since, now }),
    rows: visits.map((visit) => ({
      visit,
      client: mayName ? fullName(readClient(keys, visit)) : null,
      topic: directory.topicById(visit.topicId)?.texts.pl.name ?? '',
      isChoosing: visit.chooseUntil !== null && visit.chooseUntil > now,
      choices: choicesOf(visit),
      canBeOffered: offerUntil({ now, startsAt: visit.startsAt }, policy) !== undefined,
      refusal: refusals.get(visit.id),
    })),
  }
}

const fullName = ({ firstName, lastName }: { firstName: string; lastName: string }) =>
  `${firstName} ${lastName}`

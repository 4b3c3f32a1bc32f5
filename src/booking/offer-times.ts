import type { InstitutionSettings } from '../institution/institution-data'
import type { Db } from '../platform/db'
import { addDays, type Day, dayOf, instantAt } from '../platform/zone'
import { recentOffer } from './offer-cache'
import { type DeskStarts, type OfferedStart, readStarts, startsOf } from './offer-store'
import { earliestStart } from './seat'

export interface OfferedDay {
  day: Day
  /** In order; free when some desk can be claimed then. */
  times: OfferedStart[]
}

export interface OfferedTimes {
  /** Only days that have seats. */
  days: OfferedDay[]
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
  /** None, or a day before today, means today. */
  from: Day | undefined
  dayCount: number
  now: Date
  timeZone: string
  settings: InstitutionSettings
}

/** The last day for which times are offered: the horizon counts from today. */
export const lastOfferedDay = (today: Day, { horizonDays }: InstitutionSettings): Day =>
  addDays(today, horizonDays - 1)

/** What was read of a branch within the last second: stretches of days by their days, answers by topic id. */
interface BranchReading {
  stretches: Map<string, Promise<DeskStarts[]>>
  offers: Map<number, Promise<OfferedTimes>>
}

/** A question on its way to the database; `from` is not before `today`. */
interface Asked extends OfferQuestion {
  from: Day
  db: Db
  reading: BranchReading
  today: Day
}

/** Days and times of a topic at a branch; at most a second old, and never older than a claim of this process. */
export async function offerTimes(db: Db, question: OfferQuestion): Promise<OfferedTimes> {
  const { branchId, topicId, dayCount, now, timeZone } = question
  const today = dayOf(now, timeZone)
  const from = later(question.from ?? today, today)
  const key = `${branchId} ${from} ${dayCount}`
  const reading = await recentOffer(db, { branchId, key, now }, newReading)
  return remembered(reading.offers, topicId, () => readOffer({ ...question, from, db, reading, today }))
}

const newReading = async (): Promise<BranchReading> => ({ stretches: new Map(), offers: new Map() })

/** What the map holds for the key, or else what `load` answers; a failed load is not kept. */
function remembered<Key, Answer>(
  map: Map<Key, Promise<Answer>>,
  key: Key,
  load: () => Promise<Answer>,
): Promise<Answer> {
  const known = map.get(key)
  if (known) return known
  const answer = load()
  map.set(key, answer)
  answer.catch(() => map.delete(key))
  return answer
}

const serialised = new WeakMap<OfferedTimes, string>()

/** An answer as JSON, written once however many ask for it. */
export function offerJson(offer: OfferedTimes): string {
  const known = serialised.get(offer)
  if (known !== undefined) return known
  const text = JSON.stringify(offer)
  serialised.set(offer, text)
  return text
}

/** The first free start of the whole horizon, when there is none from the days of the question on. */
export async function earlierFree(
  db: Db,
  question: OfferQuestion,
  { firstFree }: OfferedTimes,
): Promise<Date | null> {
  const { from, now, timeZone } = question
  if (firstFree !== null || from === undefined || from <= dayOf(now, timeZone)) return null
  return (await offerTimes(db, { ...question, from: undefined })).firstFree
}

async function readOffer(asked: Asked): Promise<OfferedTimes> {
  const { today, settings, from, dayCount } = asked
  const lastDay = lastOfferedDay(today, settings)
  const { days, firstFree } = await readAhead(asked, lastDay)
  const shown = days.slice(0, dayCount)
  return {
    days: shown,
    firstFree,
    nextFrom: days[shown.length]?.day ?? null,
    previousFrom: await readBack(asked, earlier(from, addDays(lastDay, 1))),
    lastDay,
  }
}

/**
 * Days of one stretch: two more than usually hold `dayCount` days and the one after, weekends included. One
 * query answers nearly always; only holidays, closures and sold-out weeks take another one.
 */
const stretch = (dayCount: number): number => Math.ceil(((dayCount + 1) * 7) / 5) + 2

async function readAhead(
  asked: Asked,
  lastDay: Day,
): Promise<{ days: OfferedDay[]; firstFree: Date | null }> {
  const { from, dayCount } = asked
  const days: OfferedDay[] = []
  let firstFree: Date | null = null
  let start = from
  while (start <= lastDay && (days.length <= dayCount || firstFree === null)) {
    const end = earlier(addDays(start, stretch(dayCount)), addDays(lastDay, 1))
    const found = await readDays(asked, start, end)
    days.push(...found)
    firstFree ??= found.flatMap(({ times }) => times).find(({ free }) => free)?.startsAt ?? null
    start = end
  }
  return { days, firstFree }
}

/** The day that is `dayCount` days with seats before `from`, or the first one there is since today. */
async function readBack(asked: Asked, from: Day): Promise<Day | null> {
  const { today, dayCount } = asked
  let days: OfferedDay[] = []
  let end = from
  while (end > today && days.length < dayCount) {
    const start = later(addDays(end, -stretch(dayCount)), today)
    days = [...(await readDays(asked, start, end)), ...days]
    end = start
  }
  return days.at(-dayCount)?.day ?? days[0]?.day ?? null
}

async function readDays(asked: Asked, start: Day, end: Day): Promise<OfferedDay[]> {
  const { db, reading, branchId, topicId, now, timeZone, settings } = asked
  const desks = await remembered(reading.stretches, `${start} ${end}`, () => {
    const midnight = instantAt(start, '00:00', timeZone)
    const earliest = earliestStart(now, settings)
    return readStarts(db, {
      branchId,
      from: earliest > midnight ? earliest : midnight,
      to: instantAt(end, '00:00', timeZone),
      now,
    })
  })
  return byDay(startsOf(desks, topicId), timeZone)
}

function byDay(starts: readonly OfferedStart[], timeZone: string): OfferedDay[] {
  const days: OfferedDay[] = []
  let times: OfferedStart[] = []
  let midnight = new Date(0)
  for (const start of starts) {
    if (start.startsAt >= midnight) {
      const day = dayOf(start.startsAt, timeZone)
      midnight = instantAt(addDays(day, 1), '00:00', timeZone)
      times = []
      days.push({ day, times })
    }
    times.push(start)
  }
  return days
}

const earlier = (one: Day, other: Day): Day => (one < other ? one : other)
const later = (one: Day, other: Day): Day => (one > other ? one : other)

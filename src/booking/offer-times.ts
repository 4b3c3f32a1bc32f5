import type { InstitutionSettings } from '../institution/institution-data'
import type { Db } from '../platform/db'
import { addDays, type Day, dayOf, instantAt } from '../platform/zone'
import { recentOffer } from './offer-cache'
import { type OfferedStart, readStarts } from './offer-store'
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
  /** A day before today means today. */
  from: Day
  dayCount: number
  now: Date
  timeZone: string
  settings: InstitutionSettings
}

/** The last day for which times are offered: the horizon counts from today. */
export const lastOfferedDay = (today: Day, { horizonDays }: InstitutionSettings): Day =>
  addDays(today, horizonDays - 1)

/** Days and times of a topic at a branch; at most a second old, and never older than a claim of this process. */
export function offerTimes(db: Db, question: OfferQuestion): Promise<OfferedTimes> {
  const { branchId, topicId, dayCount, now, timeZone } = question
  const today = dayOf(now, timeZone)
  const from = later(question.from, today)
  const key = `${branchId} ${topicId} ${from} ${dayCount}`
  return recentOffer(db, { branchId, key, now }, () => readOffer(db, { ...question, from }, today))
}

const serialised = new WeakMap<OfferedTimes, string>()

/** The same as JSON, written once per answer however many ask for it. */
export async function offerTimesJson(db: Db, question: OfferQuestion): Promise<string> {
  const offer = await offerTimes(db, question)
  const known = serialised.get(offer)
  if (known !== undefined) return known
  const text = JSON.stringify(offer)
  serialised.set(offer, text)
  return text
}

async function readOffer(db: Db, question: OfferQuestion, today: Day): Promise<OfferedTimes> {
  const lastDay = lastOfferedDay(today, question.settings)
  const { days, firstFree } = await readAhead(db, question, lastDay)
  const shown = days.slice(0, question.dayCount)
  return {
    days: shown,
    firstFree,
    nextFrom: days[shown.length]?.day ?? null,
    previousFrom: await readBack(db, question, earlier(question.from, addDays(lastDay, 1)), today),
    lastDay,
  }
}

/**
 * Days of one stretch: two more than usually hold `dayCount` days and the one after, weekends included. One
 * query answers nearly always; only holidays, closures and sold-out weeks take another one.
 */
const stretch = (dayCount: number): number => Math.ceil(((dayCount + 1) * 7) / 5) + 2

async function readAhead(
  db: Db,
  question: OfferQuestion,
  lastDay: Day,
): Promise<{ days: OfferedDay[]; firstFree: Date | null }> {
  const days: OfferedDay[] = []
  let firstFree: Date | null = null
  let start = question.from
  while (start <= lastDay && (days.length <= question.dayCount || firstFree === null)) {
    const end = earlier(addDays(start, stretch(question.dayCount)), addDays(lastDay, 1))
    const found = await readDays(db, question, start, end)
    days.push(...found)
    firstFree ??= found.flatMap(({ times }) => times).find(({ free }) => free)?.startsAt ?? null
    start = end
  }
  return { days, firstFree }
}

/** The day that is `dayCount` days with seats before `from`, or the first one there is since today. */
async function readBack(db: Db, question: OfferQuestion, from: Day, today: Day): Promise<Day | null> {
  let days: OfferedDay[] = []
  let end = from
  while (end > today && days.length < question.dayCount) {
    const start = later(addDays(end, -stretch(question.dayCount)), today)
    days = [...(await readDays(db, question, start, end)), ...days]
    end = start
  }
  return days.at(-question.dayCount)?.day ?? days[0]?.day ?? null
}

async function readDays(db: Db, question: OfferQuestion, start: Day, end: Day): Promise<OfferedDay[]> {
  const { branchId, topicId, now, timeZone, settings } = question
  const midnight = instantAt(start, '00:00', timeZone)
  const earliest = earliestStart(now, settings)
  const starts = await readStarts(db, {
    branchId,
    topicId,
    from: earliest > midnight ? earliest : midnight,
    to: instantAt(end, '00:00', timeZone),
    now,
  })
  const days: OfferedDay[] = []
  for (const start of starts) {
    const day = dayOf(start.startsAt, timeZone)
    const last = days.at(-1)
    if (last?.day === day) last.times.push(start)
    else days.push({ day, times: [start] })
  }
  return days
}

const earlier = (one: Day, other: Day): Day => (one < other ? one : other)
const later = (one: Day, other: Day): Day => (one > other ? one : other)

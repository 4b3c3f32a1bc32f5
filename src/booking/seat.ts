import { randomInt } from 'node:crypto'
import type { InstitutionSettings } from '../institution/institution-data'

const msPerMinute = 60_000
const msPerDay = 24 * 60 * msPerMinute

/** A number from 0 to `max`, both included; injected so that a test can say which. */
export type RandomUpTo = (max: number) => number

const cryptoRandom: RandomUpTo = (max) => randomInt(max + 1)

/** The first instant at which a visit may still be booked. */
export const earliestStart = (now: Date, { minimumNoticeMinutes }: InstitutionSettings): Date =>
  new Date(now.getTime() + minimumNoticeMinutes * msPerMinute)

/**
 * Whether a visit may begin then, as far as the clock decides. The horizon is a number of calendar days, here
 * taken as hours, and one more hour for a day on which the clock goes back: pages never show a time beyond it.
 */
export function isWithinHorizon(startsAt: Date, now: Date, settings: InstitutionSettings): boolean {
  const latest = now.getTime() + settings.horizonDays * msPerDay + 60 * msPerMinute
  return startsAt >= earliestStart(now, settings) && startsAt.getTime() < latest
}

/**
 * When a freed seat can be claimed again: after a random delay, so that nobody can sell a visit by cancelling
 * it at the moment in which the buyer claims it.
 */
export function claimableAgainAt(
  now: Date,
  { freedSeatDelaySeconds: { min, max } }: InstitutionSettings,
  random: RandomUpTo = cryptoRandom,
): Date {
  return new Date(now.getTime() + (min + random(max - min)) * 1000)
}

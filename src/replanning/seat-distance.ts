import { dayOf, timeOf } from '../platform/zone'

const msPerDay = 86_400_000
/** One day away counts more than any hour of the same day. */
const minutesOfDay = 24 * 60
/** An earlier day is as bad as one three times as far ahead: people have planned for the later one. */
const earlierDayFactor = 3

/**
 * How far a time is from the one that a client has: minutes on the same day; else whole days, then how much
 * the hour differs. Of two that are alike the later one is nearer.
 */
export function createDistance(timeZone: string): (from: Date, to: Date) => number {
  const places = new Map<number, { day: number; minute: number }>()
  const placeOf = (instant: Date) => {
    const ms = instant.getTime()
    const known = places.get(ms)
    if (known) return known
    const [hours = 0, minutes = 0] = timeOf(instant, timeZone).split(':').map(Number)
    const place = { day: Date.parse(dayOf(instant, timeZone)) / msPerDay, minute: hours * 60 + minutes }
    places.set(ms, place)
    return place
  }
  return (from, to) => {
    const [one, other] = [placeOf(from), placeOf(to)]
    const days = other.day - one.day
    const apart = days < 0 ? -days * earlierDayFactor : days
    return apart * minutesOfDay + Math.abs(other.minute - one.minute) + (to < from ? 0.5 : 0)
  }
}

/** A calendar day as ISO text, '2026-12-29'. */
export type Day = string

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/
const timePattern = /^([01]\d|2[0-3]):([0-5]\d)$/
const msPerDay = 86_400_000
const msPerMinute = 60_000

interface ZoneRules {
  format: Intl.DateTimeFormat
  /** Offset in ms of a whole UTC day, or null for a day in which the offset changes. */
  offsetOfUtcDay: Map<number, number | null>
}

const rulesByZone = new Map<string, ZoneRules>()

const rulesOf = (zone: string): ZoneRules => {
  const known = rulesByZone.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const rules = { format, offsetOfUtcDay: new Map<number, number | null>() }
  rulesByZone.set(zone, rules)
  return rules
}

const measureOffset = (ms: number, format: Intl.DateTimeFormat): number => {
  const fields = /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)$/.exec(format.format(ms))
  if (!fields) throw new RangeError(`Instant out of range: ${ms} ms`)
  const [month, day, year, hour, minute, second] = fields.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const wall = Date.UTC(year, month - 1, day, hour, minute, second)
  return wall - Math.floor(ms / 1000) * 1000
}

// Intl costs microseconds a call; schedules ask for thousands of instants within some sixty days.
const offsetAt = (ms: number, zone: string): number => {
  const { format, offsetOfUtcDay } = rulesOf(zone)
  const utcDay = Math.floor(ms / msPerDay)
  let offset = offsetOfUtcDay.get(utcDay)
  if (offset === undefined) {
    const atStart = measureOffset(utcDay * msPerDay, format)
    const atEnd = measureOffset((utcDay + 1) * msPerDay - 1, format)
    offset = atStart === atEnd ? atStart : null
    if (offsetOfUtcDay.size > 10_000) offsetOfUtcDay.clear()
    offsetOfUtcDay.set(utcDay, offset)
  }
  return offset ?? measureOffset(ms, format)
}

const isoDay = (ms: number): Day => new Date(ms).toISOString().slice(0, 10)

const utcMidnight = (day: Day): number => {
  const ms = dayPattern.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN
  if (Number.isNaN(ms) || isoDay(ms) !== day) throw new RangeError(`Not a calendar day: ${day}`)
  return ms
}

/** The last day that can be written has no next one to calculate with. */
const lastDay = '9999-12-31'

/** Says whether the text is an existing calendar day such as '2026-12-29', with one after it. */
export const isDay = (text: string): text is Day => {
  const ms = dayPattern.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN
  return !Number.isNaN(ms) && isoDay(ms) === text && text < lastDay
}

/** The calendar day of an instant in a time zone (IANA name); throws RangeError for an unknown zone. */
export const dayOf = (instant: Date, zone: string): Day =>
  isoDay(instant.getTime() + offsetAt(instant.getTime(), zone))

/** The clock time 'HH:MM' of an instant in a time zone. */
export const timeOf = (instant: Date, zone: string): string =>
  new Date(instant.getTime() + offsetAt(instant.getTime(), zone)).toISOString().slice(11, 16)

/**
 * The instant at which a clock in the zone shows `time` ('HH:MM', or '24:00' for the end of the day).
 * A time skipped by the clock change moves forward by the change, a time shown twice means its first showing.
 * Throws RangeError for a day or time that does not exist on paper.
 */
export const instantAt = (day: Day, time: string, zone: string): Date => {
  if (time === '24:00') return instantAt(addDays(day, 1), '00:00', zone)
  const clock = timePattern.exec(time)
  if (!clock) throw new RangeError(`Not a clock time: ${time}`)
  const wall = utcMidnight(day) + (Number(clock[1]) * 60 + Number(clock[2])) * msPerMinute
  const before = offsetAt(wall - msPerDay, zone)
  const after = offsetAt(wall + msPerDay, zone)
  const byAfter = wall - after
  const onlyAfterFits = offsetAt(wall - before, zone) !== before && offsetAt(byAfter, zone) === after
  return new Date(onlyAfterFits ? byAfter : wall - before)
}

/** The day `n` days later (earlier for a negative `n`); throws RangeError for a day that does not exist. */
export const addDays = (day: Day, n: number): Day => isoDay(utcMidnight(day) + n * msPerDay)

/** Day of the week, 1 (Monday) to 7 (Sunday); throws RangeError for a day that does not exist. */
export const weekday = (day: Day): number => new Date(utcMidnight(day)).getUTCDay() || 7

import type { ReplayRange } from '../backoffice/replay-deliveries'
import { isDay, instantAt } from '../platform/zone'

interface ReadReplay {
  /** As typed. */
  typed: { od: string; do: string; co: string }
  error: 'range' | null
  range: Omit<ReplayRange, 'endpointId'> | null
}

/** 'YYYY-MM-DDTHH:MM' as a browser sends it, a clock time at the institution. */
const instantOf = (typed: string, timeZone: string): Date | undefined => {
  const [day = '', time = ''] = typed.split('T')
  const clock = /^([01]\d|2[0-3]):[0-5]\d/.exec(time)?.[0]
  return isDay(day) && clock !== undefined ? instantAt(day, clock, timeZone) : undefined
}

/** The range that somebody wants to send again; nothing while nothing was typed. */
export function readReplay(given: unknown, timeZone: string): ReadReplay {
  const fields = (given ?? {}) as Record<string, unknown>
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name].slice(0, 40) : '')
  const typed = { od: text('od'), do: text('do'), co: text('co') }
  if (typed.od === '' && typed.do === '')
    return { typed, error: fields.co === undefined ? null : 'range', range: null }
  const from = instantOf(typed.od, timeZone)
  const until = instantOf(typed.do, timeZone)
  if (!from || !until || until <= from) return { typed, error: 'range', range: null }
  return { typed, error: null, range: { from, until, takenToo: typed.co === 'wszystkie' } }
}

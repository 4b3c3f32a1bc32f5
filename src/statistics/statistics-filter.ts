import type { Branch, Topic } from '../institution/directory'
import type { Day } from '../platform/zone'
import { isReasonableDay, ownPeriod, type Period, periodAround, periodKinds } from './period'

/** The periods by their names in the address. */
export const periodNames = { month: 'miesiac', quarter: 'kwartal', year: 'rok', own: 'wlasny' } as const

export interface StatisticsFilter {
  /** Null: all that the person may see. */
  branch: Branch | null
  topic: Topic | null
  period: Period
}

export interface ReadFilter extends StatisticsFilter {
  /** Days as typed; the period is the present month then. */
  error: 'day' | 'wrong_order' | 'too_long' | null
  typed: { from: string; to: string }
}

const textIn = (query: unknown, name: string): string => {
  const value = ((query ?? {}) as Record<string, unknown>)[name]
  return typeof value === 'string' ? value.trim().slice(0, 100) : ''
}

/** The filter of the address; undefined when it names what this person cannot choose. */
export function readFilter(
  query: unknown,
  { branches, topics, today }: { branches: readonly Branch[]; topics: readonly Topic[]; today: Day },
): ReadFilter | undefined {
  const [branchCode, topicCode] = [textIn(query, 'oddzial'), textIn(query, 'temat')]
  const branch = branches.find(({ code }) => code === branchCode) ?? null
  const topic = topics.find(({ code }) => code === topicCode) ?? null
  const kindName = textIn(query, 'okres')
  const kind = kindName === '' ? 'month' : periodKinds.find((one) => periodNames[one] === kindName)
  if (!kind || (branchCode !== '' && !branch) || (topicCode !== '' && !topic)) return undefined

  const typed = { from: textIn(query, 'od'), to: textIn(query, 'do') }
  const present = periodAround('month', today)
  const answer = (period: Period, error: ReadFilter['error'] = null): ReadFilter => {
    const shown = error ? typed : { from: period.from, to: period.to }
    return { branch, topic, period, error, typed: shown }
  }
  if (kind !== 'own') {
    if (typed.from === '') return answer(periodAround(kind, today))
    return isReasonableDay(typed.from) ? answer(periodAround(kind, typed.from)) : answer(present, 'day')
  }
  if (!isReasonableDay(typed.from) || !isReasonableDay(typed.to)) return answer(present, 'day')
  const own = ownPeriod(typed)
  return typeof own === 'string' ? answer(present, own) : answer(own)
}

/** The query of an address with this filter, with the page's own names. */
export function queryOf({ branch, topic, period }: StatisticsFilter): string {
  const query = new URLSearchParams()
  if (branch) query.set('oddzial', branch.code)
  query.set('okres', periodNames[period.kind])
  query.set('od', period.from)
  if (period.kind === 'own') query.set('do', period.to)
  if (topic) query.set('temat', topic.code)
  return query.toString()
}

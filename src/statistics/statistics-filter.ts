import type { Branch, Topic } from '../institution/directory'
import type { Day } from '../platform/zone'
import { isReasonableDay, ownPeriod, type Period, periodAround, periodKinds } from './period'

/** The periods by their names in the address. */
export const periodNames = { month: 'miesiac', quarter: 'kwartal', year: 'rok', own: 'wlasny' } as const

/** What is counted. */
export interface StatisticsFilter {
  /** Null: all that the person may see. */
  branch: Branch | null
  topic: Topic | null
  period: Period
}

/** What is wrong with the days, and with which of them. */
export interface PeriodProblem {
  day: 'from' | 'to'
  reason: 'from_wrong' | 'to_wrong' | 'wrong_order' | 'too_long'
}

/** The filter as it was asked for; without a period nothing can be counted. */
export type ReadFilter = Omit<StatisticsFilter, 'period'> & {
  /** Days as typed, or those of the period. */
  typed: { from: string; to: string }
} & ({ period: Period; problems: readonly [] } | { period: null; problems: readonly PeriodProblem[] })

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
  const period = kind === 'own' ? readOwnPeriod(typed) : readPeriod(kind, typed.from, today)
  return Array.isArray(period)
    ? { ...{ branch, topic, typed }, period: null, problems: period }
    : { ...{ branch, topic, period }, typed: { from: period.from, to: period.to }, problems: [] }
}

function readPeriod(
  kind: Exclude<Period['kind'], 'own'>,
  typed: string,
  today: Day,
): Period | PeriodProblem[] {
  if (typed === '') return periodAround(kind, today)
  return isReasonableDay(typed) ? periodAround(kind, typed) : [{ day: 'from', reason: 'from_wrong' }]
}

function readOwnPeriod({ from, to }: { from: string; to: string }): Period | PeriodProblem[] {
  if (isReasonableDay(from) && isReasonableDay(to)) {
    const own = ownPeriod({ from, to })
    return typeof own === 'string' ? [{ day: 'to', reason: own }] : own
  }
  return [
    ...(isReasonableDay(from) ? [] : [{ day: 'from', reason: 'from_wrong' } as const]),
    ...(isReasonableDay(to) ? [] : [{ day: 'to', reason: 'to_wrong' } as const]),
  ]
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

import { parseVisitNumber } from '../booking/visit-number'
import type { Branch, Topic } from '../institution/directory'
import { isDay } from '../platform/zone'
import { listedStates, type RecordingFilter } from './find-recordings'

const names = ['oddzial', 'od', 'do', 'numer', 'temat', 'stan'] as const
export type TypedFilter = Record<(typeof names)[number], string>

export interface ReadFilter {
  typed: TypedFilter
  filter: RecordingFilter
  error: 'number' | 'day' | null
}

const furthestPage = 10_000

/** The filter of the list's address; undefined when it names what this person cannot choose. */
export function readFilter(
  query: unknown,
  { branches, topics }: { branches: readonly Branch[]; topics: readonly Topic[] },
): ReadFilter | undefined {
  const given = (query ?? {}) as Record<string, unknown>
  const typed = Object.fromEntries(
    names.map((name) => {
      const value = given[name]
      return [name, typeof value === 'string' ? value.trim().slice(0, 100) : '']
    }),
  ) as TypedFilter
  const page = Number(given.strona ?? '1')
  const branch = branches.find(({ code }) => code === typed.oddzial)
  const topic = topics.find(({ code }) => code === typed.temat)
  const state = listedStates.find((one) => one === typed.stan)
  const known =
    (typed.oddzial === '' || branch) &&
    (typed.temat === '' || topic) &&
    (typed.stan === '' || state) &&
    (typed.od === '' || isDay(typed.od)) &&
    (typed.do === '' || isDay(typed.do)) &&
    Number.isInteger(page) &&
    page >= 1 &&
    page <= furthestPage
  if (!known) return undefined
  const number = typed.numer === '' ? null : (parseVisitNumber(typed.numer) ?? null)
  const from = typed.od === '' ? null : typed.od
  const to = typed.do === '' ? null : typed.do
  const error =
    typed.numer !== '' && number === null
      ? 'number'
      : from !== null && to !== null && to < from
        ? 'day'
        : null
  const filter = {
    branchId: branch?.id ?? null,
    from,
    to,
    number,
    topicId: topic?.id ?? null,
    state: state ?? null,
  }
  return { typed, filter: { ...filter, page }, error }
}

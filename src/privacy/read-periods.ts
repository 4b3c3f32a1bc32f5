import { type DataClass, dataClasses, type KeptDays, longestKeptDays } from '../institution/kept-days'
import { outlivingVisit, type Periods } from './save-kept-days'

export type PeriodField = DataClass | 'recording'
export const periodFields: readonly PeriodField[] = [...dataClasses, 'recording']

/** The field of what recordings of a topic have for themselves. */
export const topicField = (code: string) => `nagranie-${code}` as const
type TopicField = ReturnType<typeof topicField>

export type PeriodError = 'days' | 'outlives'

export interface ReadPeriods {
  /** As typed; an empty field of a topic: the usual time. */
  typed: Record<PeriodField, string> & Partial<Record<TopicField, string>>
  errors: Partial<Record<PeriodField | TopicField, PeriodError>>
  /** Undefined while something is wrong. */
  periods: Periods | undefined
}

/** What a form begins with. */
export const periodsAsTyped = ({ kept, recording, recordingOf }: Periods): ReadPeriods['typed'] => ({
  ...(Object.fromEntries(dataClasses.map((name) => [name, String(kept[name])])) as Record<DataClass, string>),
  recording: String(recording),
  ...Object.fromEntries(Object.entries(recordingOf).map(([code, days]) => [topicField(code), String(days)])),
})

/**
 * Days as whole numbers; none longer than the visit that it is part of. `topics` are those of the form; what is stored
 * for others stays.
 */
export function readPeriods(
  body: unknown,
  { topics, stored }: { topics: readonly string[]; stored: Periods['recordingOf'] },
): ReadPeriods {
  const form = (body ?? {}) as Record<string, unknown>
  const textOf = (field: string) => {
    const sent = form[field]
    return typeof sent === 'string' ? sent.trim() : ''
  }
  const typed = Object.fromEntries(
    [...periodFields, ...topics.map(topicField)].map((name) => [name, textOf(name)]),
  ) as ReadPeriods['typed']
  const own = topics.flatMap((code) => {
    const text = textOf(topicField(code))
    return text === '' ? [] : [{ code, text }]
  })
  const errors: ReadPeriods['errors'] = {}
  for (const name of periodFields) if (!isDays(typed[name])) errors[name] = 'days'
  for (const { code, text } of own) if (!isDays(text)) errors[topicField(code)] = 'days'
  if (Object.keys(errors).length > 0) return { typed, errors, periods: undefined }
  const kept = Object.fromEntries(dataClasses.map((name) => [name, Number(typed[name])])) as KeptDays
  const others = Object.entries(stored).filter(([code]) => !topics.includes(code))
  const recordingOf = Object.fromEntries([
    ...others,
    ...own.map(({ code, text }) => [code, Number(text)] as const),
  ])
  const periods = { kept, recording: Number(typed.recording), recordingOf }
  for (const name of outlivingVisit(periods)) errors[name] = 'outlives'
  return { typed, errors, periods: Object.keys(errors).length > 0 ? undefined : periods }
}

const isDays = (text: string): boolean =>
  /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= longestKeptDays

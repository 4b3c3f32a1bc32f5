import { type DataClass, dataClasses, type KeptDays, longestKeptDays } from '../institution/kept-days'
import { outlivingVisit, type Periods } from './save-kept-days'

export type PeriodField = DataClass | 'recording'
export const periodFields: readonly PeriodField[] = [...dataClasses, 'recording']

export type PeriodError = 'days' | 'outlives'

export interface ReadPeriods {
  /** As typed. */
  typed: Record<PeriodField, string>
  errors: Partial<Record<PeriodField, PeriodError>>
  /** Undefined while something is wrong. */
  periods: Periods | undefined
}

/** Days as whole numbers; none longer than the visit that it is part of. */
export function readPeriods(body: unknown): ReadPeriods {
  const form = (body ?? {}) as Record<string, unknown>
  const typed = Object.fromEntries(
    periodFields.map((name) => [name, typeof form[name] === 'string' ? form[name].trim() : '']),
  ) as Record<PeriodField, string>
  const errors: ReadPeriods['errors'] = {}
  for (const name of periodFields) if (!isDays(typed[name])) errors[name] = 'days'
  if (Object.keys(errors).length > 0) return { typed, errors, periods: undefined }
  const kept = Object.fromEntries(dataClasses.map((name) => [name, Number(typed[name])])) as KeptDays
  const periods = { kept, recording: Number(typed.recording) }
  for (const name of outlivingVisit(periods)) errors[name] = 'outlives'
  return { typed, errors, periods: Object.keys(errors).length > 0 ? undefined : periods }
}

const isDays = (text: string): boolean =>
  /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= longestKeptDays

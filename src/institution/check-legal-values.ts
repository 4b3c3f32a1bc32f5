import { type Language, languages } from '../texts/catalogue'
import type { LegalValues } from './institution-data'
import { type LegalValueName, legalValueNames, legalValuesSchema } from './legal-values-schema'
import { firstOfEach, problemsOf, type ShownProblem } from './shown-problem'
import { typedOver, wronglyBracketed } from './typed-value'

/** What an administrator typed; `confirmed`: samples that are said to be right as they are. */
export interface TypedLegalValues {
  values: Record<LegalValueName, Record<Language, string>>
  confirmed: readonly LegalValueName[]
}

export type CheckedLegalValues = { ok: true; values: LegalValues } | { ok: false; problems: ShownProblem[] }

/** A contact that somebody can use at once: an e-mail address or a phone number (art. 13 RODO). */
export const isContact = (text: string): boolean =>
  /[^\s@]+@[^\s@]+\.[a-z]{2,}/i.test(text) || text.replace(/\D/g, '').length >= 7

/** What may stand in the clauses of what was typed over `before`, or why not, a problem a field. */
export function checkLegalValues(
  before: LegalValues,
  { values, confirmed }: TypedLegalValues,
): CheckedLegalValues {
  const typed = legalValueNames.map(
    (name) => [name, typedOver(before[name], values[name], confirmed.includes(name))] as const,
  )
  const parsed = legalValuesSchema.safeParse(Object.fromEntries(typed))
  const bracketed = legalValueNames.flatMap((name) =>
    wronglyBracketed(before[name], values[name], confirmed.includes(name)).map((language): ShownProblem => ({
      field: `${name}.${language}`,
      reason: 'bracketed',
    })),
  )
  const problems = firstOfEach([
    ...problemsOf(parsed.error, () => 'wrong'),
    ...bracketed,
    ...(parsed.data ? uselessContacts(parsed.data) : []),
  ])
  return parsed.success && problems.length === 0 ? { ok: true, values: parsed.data } : { ok: false, problems }
}

const uselessContacts = (values: LegalValues): ShownProblem[] =>
  (['administratorContact', 'dpoContact'] as const).flatMap((name) =>
    languages
      .filter((language) => !isContact(values[name][language]))
      .map((language) => ({ field: `${name}.${language}`, reason: 'contact' as const })),
  )

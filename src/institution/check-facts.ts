import { type Language, languages } from '../texts/catalogue'
import { factsSchema, type InstitutionFacts, type LegalValueName, legalValueNames } from './facts-schema'
import type { InstitutionSettings } from './institution-data'
import { institutionWords } from './institution-words'
import { firstOfEach, problemsOf, type ShownProblem, type ShownProblemReason } from './shown-problem'
import { smsThatOverflow } from './sms-fit'
import { typedOver, wronglyBracketed } from './typed-value'

/** What an administrator typed; `confirmed`: samples that are said to be right as they are. */
export interface TypedFacts {
  phoneE164: string
  texts: Record<Language, Record<string, string>>
  legalValues: Record<LegalValueName, Record<Language, string>>
  confirmed: readonly LegalValueName[]
}

export type CheckedFacts = { ok: true; facts: InstitutionFacts } | { ok: false; problems: ShownProblem[] }

const reasonOf = (field: string): ShownProblemReason => {
  if (field === 'phoneE164') return 'phone'
  if (field.endsWith('.smsPhone')) return 'sms_phone'
  return field.endsWith('.site') ? 'site' : 'wrong'
}

/** A contact that somebody can use at once: an e-mail address or a phone number (art. 13 RODO). */
export const isContact = (text: string): boolean =>
  /[^\s@]+@[^\s@]+\.[a-z]{2,}/i.test(text) || text.replace(/\D/g, '').length >= 7

/** What may be shown of what was typed over `before`, or why not, a problem a field. */
export function checkFacts(
  before: InstitutionFacts,
  typed: TypedFacts,
  settings: InstitutionSettings,
): CheckedFacts {
  const values = legalValueNames.map((name) => {
    const confirmed = typed.confirmed.includes(name)
    return [name, typedOver(before.legalValues[name], typed.legalValues[name], confirmed)] as const
  })
  const parsed = factsSchema.safeParse({
    phoneE164: typed.phoneE164,
    texts: typed.texts,
    legalValues: Object.fromEntries(values),
  })
  const bracketed = legalValueNames.flatMap((name) =>
    wronglyBracketed(before.legalValues[name], typed.legalValues[name], typed.confirmed.includes(name)).map(
      (language): ShownProblem => ({ field: `legalValues.${name}.${language}`, reason: 'bracketed' }),
    ),
  )
  const problems = firstOfEach([
    ...problemsOf(parsed.error, reasonOf),
    ...bracketed,
    ...(parsed.data ? [...uselessContacts(parsed.data), ...overflows(parsed.data, settings)] : []),
  ])
  return parsed.success && problems.length === 0 ? { ok: true, facts: parsed.data } : { ok: false, problems }
}

const uselessContacts = ({ legalValues }: InstitutionFacts): ShownProblem[] =>
  (['administratorContact', 'dpoContact'] as const).flatMap((name) =>
    languages
      .filter((language) => !isContact(legalValues[name][language]))
      .map((language) => ({ field: `legalValues.${name}.${language}`, reason: 'contact' as const })),
  )

/** The short name and the phone go into SMS, which must not grow beyond one part. */
const overflows = (facts: InstitutionFacts, settings: InstitutionSettings): ShownProblem[] =>
  languages
    .filter(
      (language) => smsThatOverflow(language, institutionWords({ ...facts, settings }, language)).length > 0,
    )
    .map((language) => ({ field: `texts.${language}.short`, reason: 'sms_overflow' }))

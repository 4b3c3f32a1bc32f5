import { placeOf, readMessage, type TextPlace, type UsedPlaceholder } from './message-syntax'

/** What may stand in braces in a text that somebody writes. */
export interface PlaceholderRules {
  /** All that are filled in. */
  allowed: readonly string[]
  /** Those that must be said, whatever is chosen. */
  required: readonly string[]
  /** What a text may choose by, with the values there are besides `other`; these are never said themselves. */
  choices: Readonly<Record<string, readonly string[]>>
  /** Those that are numbers, and may decide a plural. */
  numbers: readonly string[]
}

export type PlaceholderProblem =
  | { reason: 'syntax'; kind: string; place: TextPlace }
  | { reason: 'unknown' | 'use'; name: string; place: TextPlace }
  | { reason: 'missing'; name: string }
  | { reason: 'option'; name: string; option: string; place: TextPlace }

/** Everything that is wrong with the placeholders of a text; without problems it can be filled in. */
export function checkPlaceholders(text: string, rules: PlaceholderRules): PlaceholderProblem[] {
  const read = readMessage(text)
  if (!read.ok) return [{ reason: 'syntax', kind: read.kind, place: read.place }]
  const { used, always } = read.message
  const missing = rules.required
    .filter((name) => !always.has(name))
    .map((name) => ({ reason: 'missing', name }) as const)
  return [...used.flatMap((one) => problemOfUse(text, one, rules)), ...missing]
}

function problemOfUse(
  text: string,
  { name, use, options }: UsedPlaceholder,
  { allowed, choices, numbers }: PlaceholderRules,
): PlaceholderProblem[] {
  const place = placeOf(text, name)
  if (!allowed.includes(name)) return [{ reason: 'unknown', name, place }]
  const values = choices[name]
  if (use === 'select' && values)
    return options
      .filter((option) => !values.includes(option))
      .map((option) => ({ reason: 'option', name, option, place }))
  const fits = use === 'plain' ? !values : use === 'plural' && numbers.includes(name)
  return fits ? [] : [{ reason: 'use', name, place }]
}

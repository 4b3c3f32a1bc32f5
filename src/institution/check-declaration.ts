import { z } from 'zod'
import type { Day } from '../platform/zone'
import { type Language, languages } from '../texts/catalogue'
import {
  type Declaration,
  type DeclarationExtra,
  declarationSchema,
  type DeclarationValue,
  declarationValues,
} from './declaration-schema'
import { firstOfEach, problemsOf, type ShownProblem, type ShownProblemReason } from './shown-problem'
import { isBracketed, typedOver, wronglyBracketed } from './typed-value'

type Texts = Record<Language, string>

/** What an administrator typed; `confirmed`: samples that are said to be right as they are. */
export interface TypedDeclaration {
  dates: Record<'published' | 'updated' | 'made' | 'reviewed', string>
  compliance: string
  method: string
  phoneE164: string
  values: Record<DeclarationValue, Texts>
  extras: Record<DeclarationExtra, Texts>
  procedure: Texts
  confirmed: readonly (DeclarationValue | 'dates')[]
}

export type CheckedDeclaration =
  { ok: true; declaration: Declaration } | { ok: false; problems: ShownProblem[] }

const reasonOf = (field: string): ShownProblemReason => {
  if (field.startsWith('dates.')) return 'day'
  if (field === 'phoneE164') return 'phone'
  return field.startsWith('extras.') ? 'all_or_none' : 'wrong'
}

/** What may be published of what was typed over `before`, or why not, a problem a field. */
export function checkDeclaration(
  before: Declaration,
  typed: TypedDeclaration,
  today: Day,
): CheckedDeclaration {
  const { dates, phoneE164, compliance, method, extras, procedure, confirmed } = typed
  const sameDates = (['published', 'updated', 'made'] as const).some(
    (name) => dates[name] === before.dates[name],
  )
  const parsed = declarationSchema.safeParse({
    ...{ compliance, method, extras, procedure },
    dates: {
      ...dates,
      reviewed: dates.reviewed === '' ? null : dates.reviewed,
      sample: before.dates.sample && sameDates && !confirmed.includes('dates'),
    },
    phoneE164: phoneE164 === '' ? null : phoneE164,
    values: Object.fromEntries(
      declarationValues.map((name) => [
        name,
        typedOver(before.values[name], typed.values[name], confirmed.includes(name)),
      ]),
    ),
  })
  const problems = firstOfEach([
    ...problemsOf(parsed.error, reasonOf),
    ...bracketed(before, typed),
    ...(parsed.data ? [...dateProblems(parsed.data, today), ...contentProblems(parsed.data)] : []),
  ])
  return parsed.success && problems.length === 0
    ? { ok: true, declaration: parsed.data }
    : { ok: false, problems }
}

const bracketed = (before: Declaration, typed: TypedDeclaration): ShownProblem[] =>
  declarationValues.flatMap((name) =>
    wronglyBracketed(before.values[name], typed.values[name], typed.confirmed.includes(name)).map(
      (language): ShownProblem => ({ field: `values.${name}.${language}`, reason: 'bracketed' }),
    ),
  )

function dateProblems({ dates }: Declaration, today: Day): ShownProblem[] {
  const { published, updated, made, reviewed } = dates
  const future = (['published', 'updated', 'made', 'reviewed'] as const).filter(
    (name) => (dates[name] ?? '') > today,
  )
  return [
    ...future.map((name): ShownProblem => ({ field: `dates.${name}`, reason: 'future' })),
    ...(updated < published ? [{ field: 'dates.updated', reason: 'order' as const }] : []),
    ...(reviewed !== null && reviewed < made ? [{ field: 'dates.reviewed', reason: 'order' as const }] : []),
  ]
}

const isEmail = (text: string): boolean => z.email().safeParse(text).success
const isWebAddress = (text: string): boolean => URL.canParse(text) && /^https?:\/\/[^\s/]+[^\s]*$/.test(text)

/** What must be there because of what else is said, and addresses that lead somewhere. */
function contentProblems({ compliance, method, values, extras, procedure }: Declaration): ShownProblem[] {
  const inEach = (place: string, isWrong: (language: Language) => boolean, reason: ShownProblemReason) =>
    languages.filter(isWrong).map((language): ShownProblem => ({ field: `${place}.${language}`, reason }))
  const isSaid = (names: readonly DeclarationExtra[]) => names.some((name) => extras[name].pl !== '')
  const needsBarriers = compliance !== 'full' && !values.status.sample && !isSaid(['inaccessible', 'exempt'])
  const lines = (text: string) => text.split('\n').filter((line) => line.trim() !== '').length
  return [
    ...inEach(
      'values.email',
      (language) => !isBracketed(values.email[language]) && !isEmail(values.email[language]),
      'email',
    ),
    ...inEach('values.ombudsmanUrl', (language) => !isWebAddress(values.ombudsmanUrl[language]), 'url'),
    ...inEach(
      'extras.architectureUrl',
      (language) =>
        extras.architectureUrl[language] !== '' && !isWebAddress(extras.architectureUrl[language]),
      'url',
    ),
    ...inEach('procedure', (language) => !procedure[language].includes('{ombudsmanUrl}'), 'ombudsman'),
    ...(needsBarriers ? [{ field: 'extras.inaccessible.pl', reason: 'barriers_needed' as const }] : []),
    ...(method === 'audit' && extras.auditor.pl === ''
      ? [{ field: 'extras.auditor.pl', reason: 'auditor_needed' as const }]
      : []),
    // One entry a line: a language that tells of fewer has left something out
    ...(['inaccessible', 'exempt'] as const).flatMap((name) =>
      inEach(
        `extras.${name}`,
        (language) => lines(extras[name][language]) !== lines(extras[name].pl),
        'all_or_none',
      ),
    ),
  ]
}

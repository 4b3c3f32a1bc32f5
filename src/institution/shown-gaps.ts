import { declarationSchema } from './declaration-schema'
import { factsSchema } from './facts-schema'

/** What the database says that citizens are shown, as it lies there. */
export interface ShownData {
  phoneE164: unknown
  texts: unknown
  legalValues: unknown
  declaration: unknown
}

/** Something that citizens must be shown and that is not there. `place`: e.g. `legalValues.dpoContact`. */
export interface ShownGap {
  place: string
  why: 'empty' | 'sample' | 'wrong'
}

interface Issue {
  path: PropertyKey[]
}

const valueAt = (data: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined,
    data,
  )

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '')

const gapsOf = (data: unknown, issues: readonly Issue[]): ShownGap[] =>
  issues.map(({ path }) => ({
    place: path.map(String).join('.'),
    why: isEmpty(valueAt(data, path)) ? 'empty' : 'wrong',
  }))

const samplesIn = (prefix: string, values: object): ShownGap[] =>
  Object.entries(values)
    .filter(([, value]) => (value as { sample?: unknown } | null)?.sample === true)
    .map(([name]) => ({ place: `${prefix}.${name}`, why: 'sample' }))

/** Everything that citizens must be shown and cannot be yet, each place once; [] when nothing is missing. */
export function shownGaps({ phoneE164, texts, legalValues: values, declaration }: ShownData): ShownGap[] {
  const facts = { phoneE164, texts, legalValues: values }
  const factIssues = factsSchema.safeParse(facts).error?.issues ?? []
  const whole = { declaration }
  const declarationIssues = (declarationSchema.safeParse(declaration).error?.issues ?? []).map(
    ({ path }) => ({ path: ['declaration', ...path] }),
  )
  const legalValues = values ?? {}
  const told = (declaration ?? {}) as { dates?: object; values?: object }
  return [
    ...gapsOf(facts, factIssues),
    ...samplesIn('legalValues', legalValues),
    ...gapsOf(whole, declarationIssues),
    ...samplesIn('declaration', told.dates ? { dates: told.dates } : {}),
    ...samplesIn('declaration.values', told.values ?? {}),
  ]
}

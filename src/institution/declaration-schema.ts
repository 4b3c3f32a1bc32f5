import { z } from 'zod'
import { isDay } from '../platform/zone'

const text = z.string().trim().min(1).max(5000)
const maybeText = z.string().trim().max(5000)
const day = z.string().refine(isDay, 'a calendar day as 2026-12-29 is needed')

/** A text in each language; `sample`: it only stands in for what the institution has to fill in. */
const sampleable = z.strictObject({ pl: text, en: text, uk: text, sample: z.boolean() })
const optional = z
  .strictObject({ pl: maybeText, en: maybeText, uk: maybeText })
  .refine(({ pl, en, uk }) => (pl === '') === (en === '') && (en === '') === (uk === ''), {
    error: 'it is needed in all languages or in none',
  })

/** Texts that every declaration has, in the order of its page. */
export const declarationValues = [
  'intro',
  'status',
  'person',
  'email',
  'ombudsmanUrl',
  'architecture',
  'communication',
] as const
export type DeclarationValue = (typeof declarationValues)[number]

/** Texts that a declaration has only where there is something to say; a line of the first two is one entry. */
export const declarationExtras = [
  'inaccessible',
  'exempt',
  'excessiveCost',
  'auditor',
  'apps',
  'architectureUrl',
] as const
export type DeclarationExtra = (typeof declarationExtras)[number]

const each = <Name extends string, T extends z.ZodType>(names: readonly Name[], schema: T) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, schema])) as Record<Name, T>)

/** `accessibility.json`: what the accessibility declaration says about this institution. */
export const accessibilitySchema = z.strictObject({
  dates: z.strictObject({
    published: day,
    updated: day,
    made: day,
    /** Null until the first review. */
    reviewed: day.nullable(),
    sample: z.boolean(),
  }),
  /** Whether the site meets the annex of the act: wholly, partly, not. */
  compliance: z.enum(['full', 'partial', 'none']),
  /** Who judged that: the institution, or an auditor, who is then named. */
  method: z.enum(['self', 'audit']),
  /** Of the unit named; null: the institution's help line. */
  phoneE164: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, 'a number such as +48225601600 is needed')
    .nullable(),
  values: each(declarationValues, sampleable),
  extras: each(declarationExtras, optional),
})

/** The whole declaration. `procedure`: Markdown with `{ombudsmanUrl}` open, how requests and complaints are dealt with. */
export const declarationSchema = accessibilitySchema.extend({
  procedure: z.strictObject({ pl: text, en: text, uk: text }),
})
export type Declaration = z.infer<typeof declarationSchema>

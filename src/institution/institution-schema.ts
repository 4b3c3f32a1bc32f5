import { z } from 'zod'
import { isDay } from '../platform/zone'
import { legalValuesSchema } from './legal-values-schema'
import { keptDays } from './kept-days'

const line = z.string().trim().min(1).max(500)
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a clock time as HH:MM is needed')
const closingClock = z.union([clock, z.literal('24:00')])
const day = z.string().refine(isDay, 'a calendar day as 2026-12-29 is needed')
const atLeast = (min: number, max: number) => z.int().min(min).max(max)

const perLanguage = <T extends z.ZodType>(value: T) => z.strictObject({ pl: value, en: value, uk: value })

const isZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone.length > 0
  } catch {
    return false
  }
}

/** The institution's words in one language. */
export const institutionTextsSchema = z.strictObject({
  name: line,
  short: line,
  address: line,
  phone: line,
  smsPhone: z.string().regex(/^\+?[0-9 ]{5,16}$/, 'digits and ordinary spaces are needed, at most 16 signs'),
  phoneHours: line,
  hours: line,
  profileName: line,
  site: z
    .string()
    .regex(/^(?!https?:)[^\s/]+(\/\S*)?$/, 'an address without https:// and without spaces is needed'),
})

export const settingsSchema = z.strictObject({
  visitMinutes: atLeast(5, 240),
  bufferMinutes: atLeast(0, 120),
  horizonDays: atLeast(1, 365),
  holdMinutes: atLeast(1, 120),
  minimumNoticeMinutes: atLeast(0, 10_080),
  openBeforeMinutes: atLeast(0, 240),
  activeVisitsPerPerson: atLeast(1, 100),
  activeVisitsPerTopic: atLeast(1, 100),
  freedSeatDelaySeconds: z
    .strictObject({ min: atLeast(0, 86_400), max: atLeast(0, 86_400) })
    .refine(({ min, max }) => min <= max, 'min must not be above max'),
  /** Of topics that say nothing else. */
  recordingConsent: z.enum(['required', 'optional']),
  privacyConsent: z.enum(['consent', 'acknowledge']),
  recordingPausedForDocument: z.boolean(),
  /** Whether an officer may go on without a recording, with a reason, when it cannot be made. */
  recordingMayBeMissing: z.boolean(),
  /** How long a recording is kept after its visit, and for topics that need another time (by their code). */
  recordingKeptDays: z.strictObject({
    usual: atLeast(1, 36_500),
    topics: z.record(z.string(), atLeast(1, 36_500)),
  }),
  keptDays,
  /** Whether those who may watch a recording may also take it along, as a sealed package. */
  recordingDownload: z.boolean(),
  /** What a client's device must give: picture in pixels, line in megabits per second. */
  device: z.strictObject({
    width: atLeast(160, 7680),
    height: atLeast(120, 4320),
    megabits: z.number().min(0.1).max(1000),
  }),
  reminderSms: z.strictObject({ daysBefore: atLeast(1, 30), at: clock }),
  reminderEmailMinutesBefore: atLeast(1, 10_080),
})

/** A number that a phone can dial. */
export const phoneSchema = z.string().regex(/^\+[1-9]\d{6,14}$/, 'a number such as +48225601600 is needed')

/** `institution.json` */
export const institutionSchema = z.strictObject({
  timeZone: z.string().refine(isZone, 'an IANA time zone such as Europe/Warsaw is needed'),
  phoneE164: phoneSchema,
  texts: perLanguage(institutionTextsSchema),
  settings: settingsSchema,
})

/** One row of `branches.tsv`; an empty address or postal code is unknown. */
export const branchSchema = z.object({
  code: z.string().regex(/^[A-Z][A-Z0-9]{1,9}$/, 'capital letters and digits are needed'),
  name: line,
  city: line,
  address: z.string().transform((text) => (text === '' ? null : text)),
  postal_code: z.union([z.literal('').transform(() => null), z.string().regex(/^\d{2}-\d{3}$/)]),
  phone: z.string().transform((text) => (text === '' ? null : text)),
})

/** One row of `postal.tsv`. */
export const postalAreaSchema = z.object({
  prefix: z.string().regex(/^\d{1,5}$/, 'one to five digits are needed'),
  branch: line,
})

/** A topic of `topics.json`; how its visits are recorded is the institution's usual way unless it says so. */
export const topicSchema = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]*$/, 'small letters, digits and hyphens are needed'),
  position: atLeast(1, 1000),
  routing: z.enum(['postal', 'country', 'manual']),
  addressOf: z.enum(['home', 'firm']),
  requiresIdentity: z.boolean(),
  recording: z.enum(['required', 'optional', 'never']).optional(),
  texts: perLanguage(z.strictObject({ name: line, hint: line, prepare: z.array(line).max(20) })),
})
export const topicsSchema = z.array(topicSchema).min(1)

/** One row of `countries.tsv`: which branch serves those insured in a country (ISO 3166-1). */
export const countrySchema = z.object({
  country: z.string().regex(/^[A-Z]{2}$/, 'two capital letters are needed'),
  branch: line,
})

/** `certificate-kinds.json`: certificates that can be applied for during a visit. */
export const certificateKindSchema = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]*$/, 'small letters, digits and hyphens are needed'),
  position: atLeast(1, 1000),
  texts: perLanguage(line),
})
export const certificateKindsSchema = z.array(certificateKindSchema)

const windowSchema = z
  .strictObject({
    weekdays: z.array(atLeast(1, 7)).min(1),
    opens: clock,
    closes: closingClock,
    breaks: z.array(z.tuple([clock, clock])),
  })
  .refine(({ opens, closes }) => opens < closes, 'it must open before it closes')
  .refine(({ opens, closes, breaks }) => {
    const edges = [opens, ...breaks.flat(), closes]
    return edges.every((edge, index) => index === 0 || (edges[index - 1] as string) <= edge)
  }, 'breaks must lie inside the window, in order and without overlap')

/** `desks.json`: the desks that every branch starts with. */
export const desksSchema = z.strictObject({
  everyBranch: z
    .array(
      z.strictObject({ name: line, topics: z.array(line).min(1), windows: z.array(windowSchema).min(1) }),
    )
    .min(1),
})

/** `legal.json`: versions of the legal texts and the values of their placeholders. */
export const legalSchema = z.strictObject({
  texts: z
    .array(
      z.strictObject({
        kind: z.enum(['privacy', 'recording', 'rules']),
        version: z.string().regex(/^\d{4}-\d+$/, 'a version as 2026-1 is needed'),
        validFrom: day,
        file: z.string().regex(/^[a-z][a-zA-Z.]*$/, 'a file name without language and .md is needed'),
      }),
    )
    .refine((texts) => new Set(texts.map(({ kind }) => kind)).size === 3 && texts.length === 3, {
      error: 'privacy, recording and rules are needed, each once',
    }),
  values: legalValuesSchema,
})

import { z } from 'zod'
import { visitStates } from './visit-state'

/** What programs send and get at /api/v1: the JSON Schemas of the OpenAPI document come from here. */

const language = z.enum(['pl', 'en', 'uk'])
const code = z.string().min(1).max(40)
/** Of something that a visit was booked for. */
const codeOfPast = code.nullable().describe('null when it is no longer offered')
const instant = z.iso.datetime({ offset: true })
const day = z.iso.date()
const uuid = z.uuid()
const postalCode = z
  .string()
  .regex(/^[0-9]{2}-?[0-9]{3}$/)
  .describe('02-758 or 02758')

export const branchAnswer = z.object({
  code,
  name: z.string(),
  city: z.string(),
  address: z.string().nullable(),
  postalCode: z.string().nullable(),
  phone: z.string().nullable(),
  sample: z.boolean().describe('A branch for trying out; nobody works there'),
})
export const branchesAnswer = z.object({ branches: z.array(branchAnswer) })
export const postalCodeParams = z.strictObject({ code: postalCode })

export const countriesAnswer = z.object({
  countries: z.array(
    z.object({ country: z.string().describe('ISO 3166-1'), name: z.string(), branch: code }),
  ),
})

export const languageQuery = z.strictObject({ language: language.default('pl') })
export const topicsAnswer = z.object({
  topics: z.array(
    z.object({
      code,
      name: z.string(),
      hint: z.string(),
      prepare: z.array(z.string()),
      routing: z
        .enum(['postal', 'country', 'manual'])
        .describe('What decides on the branch: postal code, country of insurance, or the person'),
      addressOf: z.enum(['home', 'firm']).describe('Whose postal code decides on the branch'),
      requiresIdentity: z.boolean(),
      recording: z.enum(['required', 'optional', 'never']).describe('Whether its visits are recorded'),
    }),
  ),
})

export const timesQuery = z.strictObject({
  branch: code,
  topic: code,
  from: day.optional().describe('The first day of interest; today unless given'),
  days: z.coerce.number().int().min(1).max(31).default(5).describe('How many days that have times'),
  postalCode: postalCode
    .optional()
    .describe(
      'The one by which the branch was found. A search that finds no time is counted, by its first three digits',
    ),
})
export const timesAnswer = z.object({
  days: z.array(z.object({ day, times: z.array(z.object({ startsAt: instant, free: z.boolean() })) })),
  firstFree: instant.nullable().describe('The first free time from `from` on, also beyond these days'),
  nextFrom: day.nullable().describe('`from` of the days that follow'),
  previousFrom: day.nullable(),
  lastDay: day.describe('The last day for which visits can be booked now'),
})

const consentKind = z.enum(['privacy', 'recording', 'guardian'])
export const consentsQuery = z.strictObject({
  language: language.default('pl'),
  guardian: z.enum(['yes', 'no']).default('no').describe('Whether a guardian takes part'),
  topic: code.optional().describe('Decides whether the visit is recorded'),
})
export const consentsAnswer = z.object({
  consents: z.array(
    z.object({
      kind: consentKind,
      version: z.string().describe('Comes back with the booking'),
      required: z.boolean(),
      label: z.string().describe('What the person agrees to'),
      text: z.string().describe('The full text, Markdown'),
    }),
  ),
})

export const holdBody = z.strictObject({
  branch: code,
  topic: code,
  startsAt: instant,
  language: language.describe('Of the pages that the person uses'),
  postalCode: postalCode.optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional()
    .describe('Of insurance (ISO 3166-1), for topics that are routed by it; left out by others'),
})
export const holdAnswer = z.object({
  id: uuid,
  secret: z.string().describe('Shown once; proves, as a Bearer token, whose hold it is'),
  branch: code,
  topic: code,
  startsAt: instant,
  endsAt: instant,
  heldUntil: instant,
})
export const holdParams = z.strictObject({ id: uuid })
export const extensionAnswer = z.object({ heldUntil: instant })

const name = z.string().max(200)
export const visitBody = z.strictObject({
  hold: uuid,
  answers: z.strictObject({
    firstName: name,
    lastName: name,
    phone: z.string().max(40).describe('Polish, or with + and the country code'),
    email: z.string().max(320),
    guardian: z.strictObject({ firstName: name, lastName: name }).nullable().default(null),
    language: language.describe('Of the messages to the person'),
  }),
  consents: z
    .array(z.strictObject({ kind: consentKind, version: z.string().max(40) }))
    .max(3)
    .describe('Those that the person gave, with the version they were shown'),
})
const links = z.object({
  manage: z.url().describe('The page on which the visit can be seen, moved and cancelled. Secret'),
})
export const visitAnswer = z.object({
  number: z.string(),
  startsAt: instant,
  endsAt: instant,
  branch: codeOfPast,
  topic: codeOfPast,
  links,
  warnings: z.array(z.object({ field: z.string(), message: z.string() })),
})

export const findBody = z.strictObject({ number: z.string().max(40), email: z.string().max(320) })
export const foundAnswer = z.object({
  number: z.string(),
  state: z.enum(visitStates),
  startsAt: instant,
  endsAt: instant,
  branch: codeOfPast,
  topic: codeOfPast,
  links,
})

export const cancellationBody = z.strictObject({
  token: z.string().max(100).describe('The last part of the cancel link'),
})
export const cancellationAnswer = z.object({ state: z.literal('cancelled') })

/** Every reason for which a call of the booking API refuses, with its HTTP status. */
export const refusals = {
  unknown_branch: [404, 'There is no such branch.'],
  unknown_topic: [404, 'There is no such topic.'],
  unknown_postal_code: [404, 'No branch is known for this postal code; choose one from the list.'],
  unknown_country: [404, 'No branch is known for this country; see GET countries, or leave it out.'],
  no_secret: [401, 'Send the secret of the hold: Authorization: Bearer <secret>.'],
  unknown_hold: [404, 'There is no such hold, or the secret is not its secret.'],
  not_offered: [409, 'There is no visit at this time; see GET times.'],
  taken: [409, 'Somebody else has this time.'],
  extended_before: [409, 'A hold can be extended once.'],
  expired: [409, 'The hold ran out. The time can still be held again.'],
  lost: [409, 'The hold ran out and somebody else has the time.'],
  booked: [409, 'The hold has become a visit.'],
  bad_answers: [422, 'Some answers are not right; see fields.'],
  consent_missing: [422, 'A required consent is missing; see fields.'],
  consent_version_changed: [422, 'The text of a consent has changed; see fields and GET consents.'],
  same_topic: [409, 'This phone or e-mail has a visit on this topic already.'],
  too_many_visits: [409, 'This phone or e-mail has as many visits as one person may have.'],
  unknown_visit: [404, 'No visit has this number and e-mail.'],
  unknown_link: [404, 'The link is not valid.'],
  already_cancelled: [409, 'The visit is cancelled already.'],
  too_late: [409, 'The visit has begun or is over.'],
} as const satisfies Record<string, readonly [status: number, message: string]>
export type RefusalCode = keyof typeof refusals

const fields = z.array(z.object({ field: z.string(), message: z.string() }))

/** The answers of a call that refuses for the given reasons, by status. */
export const refusedWith = (...codes: [RefusalCode, ...RefusalCode[]]): Record<number, z.ZodType> =>
  Object.fromEntries(
    [...new Set(codes.map((one) => refusals[one][0]))].map((status) => {
      const ofStatus = codes.filter((one) => refusals[one][0] === status)
      const error = z.object({ code: z.enum(ofStatus), message: z.string(), fields: fields.optional() })
      return [status, z.object({ error }).describe(ofStatus.map((one) => refusals[one][1]).join(' '))]
    }),
  )

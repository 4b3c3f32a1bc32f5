import { z } from 'zod'

const line = z.string().trim().min(1).max(500)
const perLanguage = <T extends z.ZodType>(value: T) => z.strictObject({ pl: value, en: value, uk: value })

export const phoneE164 = z.string().regex(/^\+[1-9]\d{6,14}$/, 'a number such as +48225601600 is needed')

const shownTexts = z.strictObject({
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

export const shownTextsSchema = perLanguage(shownTexts)
export type ShownTextName = keyof z.infer<typeof shownTexts>
/** In the order in which they are asked for. */
export const shownTextNames = Object.keys(shownTexts.shape) as ShownTextName[]

/** Values of the placeholders of the legal texts, in the order in which they are asked for. */
export const legalValueNames = [
  'administrator',
  'administratorAddress',
  'administratorContact',
  'dpoContact',
  'legalBasisVisit',
  'legalBasisRecording',
  'recipients',
  'retentionVisit',
  'retentionRecording',
  'retentionContact',
  'authorityName',
  'authorityAddress',
  'transferNote',
] as const
export type LegalValueName = (typeof legalValueNames)[number]

const legalValue = z.strictObject({ pl: line, en: line, uk: line, sample: z.boolean() })
export const legalValuesSchema = z.strictObject(
  Object.fromEntries(legalValueNames.map((name) => [name, legalValue])) as Record<
    LegalValueName,
    typeof legalValue
  >,
)

/** What citizens are shown of the institution, and its administrators change. */
export const factsSchema = z.strictObject({
  phoneE164,
  texts: shownTextsSchema,
  legalValues: legalValuesSchema,
})
export type InstitutionFacts = z.infer<typeof factsSchema>

import { z } from 'zod'

/** Values of the placeholders of the legal texts, in the order in which they are asked for. */
export const legalValueNames = [
  'administrator',
  'administratorAddress',
  'administratorContact',
  'dpoContact',
  'legalBasisVisit',
  'legalBasisRecording',
  'recipients',
  'authorityName',
  'authorityAddress',
  'transferNote',
] as const
export type LegalValueName = (typeof legalValueNames)[number]

const line = z.string().trim().min(1).max(500)
/** `sample`: it only stands in for what the institution has to fill in. */
const legalValue = z.strictObject({ pl: line, en: line, uk: line, sample: z.boolean() })

export const legalValuesSchema = z.strictObject(
  Object.fromEntries(legalValueNames.map((name) => [name, legalValue])) as Record<
    LegalValueName,
    typeof legalValue
  >,
)

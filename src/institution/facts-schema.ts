import { z } from 'zod'
import { institutionTextsSchema, phoneSchema } from './institution-schema'
import { legalValuesSchema } from './legal-values-schema'

/** What citizens are shown of the institution besides its declaration. */
export const factsSchema = z.strictObject({
  phoneE164: phoneSchema,
  texts: z.strictObject({
    pl: institutionTextsSchema,
    en: institutionTextsSchema,
    uk: institutionTextsSchema,
  }),
  legalValues: legalValuesSchema,
})
export type InstitutionFacts = z.infer<typeof factsSchema>

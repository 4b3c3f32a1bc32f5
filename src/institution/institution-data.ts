import type { z } from 'zod'
import type { Language } from '../texts/catalogue'
import type { Declaration } from './declaration-schema'
import type {
  certificateKindsSchema,
  countrySchema,
  desksSchema,
  institutionSchema,
  legalSchema,
  postalAreaSchema,
  topicsSchema,
} from './institution-schema'

type InstitutionFile = z.infer<typeof institutionSchema>
type LegalFile = z.infer<typeof legalSchema>

/** The institution's words in one language. */
export type InstitutionTexts = InstitutionFile['texts']['pl']
export type InstitutionSettings = InstitutionFile['settings']
export type TopicData = z.infer<typeof topicsSchema>[number]
export type TopicTexts = TopicData['texts']['pl']
/** A desk with its weekly windows; weekdays 1 (Monday) to 7, times 'HH:MM'. */
export type DeskTemplate = z.infer<typeof desksSchema>['everyBranch'][number]
export type CertificateKindData = z.infer<typeof certificateKindsSchema>[number]
export type LegalKind = LegalFile['texts'][number]['kind']
export type LegalValues = LegalFile['values']
/** `prefix`: the first digits of a postal code, the longest one decides; `branch`: a branch's code. */
export type PostalAreaData = z.infer<typeof postalAreaSchema>

/** A unit with a territory; what is unknown is null. */
export interface BranchData {
  code: string
  name: string
  city: string
  address: string | null
  postalCode: string | null
  phone: string | null
}

/** A version of a legal text: Markdown whose placeholders are still open, see `legalText`. */
export interface LegalTextData {
  kind: LegalKind
  version: string
  validFrom: string
  bodies: Record<Language, string>
}

/** Everything that makes the service this institution's: the content of its data folder, checked. */
export interface InstitutionData {
  timeZone: string
  phoneE164: string
  texts: Record<Language, InstitutionTexts>
  settings: InstitutionSettings
  branches: readonly BranchData[]
  postalAreas: readonly PostalAreaData[]
  countries: readonly z.infer<typeof countrySchema>[]
  topics: readonly TopicData[]
  certificateKinds: readonly CertificateKindData[]
  /** Desks that every branch starts with. */
  desks: readonly DeskTemplate[]
  legalTexts: readonly LegalTextData[]
  legalValues: LegalValues
  declaration: Declaration
}

/** Places of values that only stand in for what the institution has to fill in; production refuses them. */
export const sampleValues = ({
  legalValues,
  declaration,
}: Pick<InstitutionData, 'legalValues' | 'declaration'>): string[] => [
  ...Object.entries(legalValues)
    .filter(([, { sample }]) => sample)
    .map(([name]) => `legal.json: values.${name}`),
  ...(declaration.dates.sample ? ['accessibility.json: dates'] : []),
  ...Object.entries(declaration.values)
    .filter(([, { sample }]) => sample)
    .map(([name]) => `accessibility.json: values.${name}`),
]

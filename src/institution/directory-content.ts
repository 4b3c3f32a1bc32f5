import type { Language } from '../texts/catalogue'
import type { Declaration } from './declaration-schema'
import type { InstitutionSettings, InstitutionTexts, LegalValues } from './institution-data'
import type { LegalText } from './legal-text'
import type { OwnText } from './wording/own-wording'

export interface Institution {
  timeZone: string
  phoneE164: string
  texts: Record<Language, InstitutionTexts>
  settings: InstitutionSettings
  /** What the clauses say of this institution. */
  legalValues: LegalValues
}

export interface Branch {
  id: number
  code: string
  name: string
  city: string
  address: string | null
  postalCode: string | null
  phone: string | null
  /** The demonstration branch with desks round the clock. */
  sample: boolean
}

/** Whether a visit of the topic is recorded: only with consent, if the client consents, or not at all. */
export type RecordingPolicy = 'required' | 'optional' | 'never'

export interface Topic {
  id: number
  code: string
  position: number
  /** By the postal code, by the country of insurance, or by choosing from the list. */
  routing: 'postal' | 'country' | 'manual'
  addressOf: 'home' | 'firm'
  requiresIdentity: boolean
  recording: RecordingPolicy
  texts: Record<Language, { name: string; hint: string; prepare: string[] }>
}

/** A certificate that can be applied for during a visit. */
export interface CertificateKind {
  code: string
  /** Whether it can be applied for now; what was applied for before keeps its name. */
  active: boolean
  texts: Record<Language, string>
}

/** What the database says about the institution. */
export interface DirectoryContent {
  institution: Institution
  /** Of accessibility. */
  declaration: Declaration
  /** Active ones, by city, then name. */
  branches: readonly Branch[]
  /** Active ones, by position. */
  topics: readonly Topic[]
  /** By position. */
  certificateKinds: readonly CertificateKind[]
  /** Prefix of a postal code -> branch id. */
  postalAreas: ReadonlyMap<string, number>
  /** Country of insurance (ISO 3166-1) -> branch id. */
  countries: ReadonlyMap<string, number>
  /** Newest first. */
  legalTexts: readonly LegalText[]
  ownTexts: readonly OwnText[]
}

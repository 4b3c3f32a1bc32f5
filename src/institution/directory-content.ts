import type { Language } from '../texts/catalogue'
import type { InstitutionSettings, InstitutionTexts } from './institution-data'
import type { LegalText } from './legal-text'
import type { OwnText } from './wording/own-wording'

export interface Institution {
  timeZone: string
  phoneE164: string
  texts: Record<Language, InstitutionTexts>
  settings: InstitutionSettings
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

export interface Topic {
  id: number
  code: string
  position: number
  routing: 'postal' | 'manual'
  addressOf: 'home' | 'firm'
  requiresIdentity: boolean
  texts: Record<Language, { name: string; hint: string; prepare: string[] }>
}

/** A certificate that can be applied for during a visit. */
export interface CertificateKind {
  code: string
  texts: Record<Language, string>
}

/** What the database says about the institution. */
export interface DirectoryContent {
  institution: Institution
  /** Active ones, by city, then name. */
  branches: readonly Branch[]
  /** Active ones, by position. */
  topics: readonly Topic[]
  /** Active ones, by position. */
  certificateKinds: readonly CertificateKind[]
  /** Prefix of a postal code -> branch id. */
  postalAreas: ReadonlyMap<string, number>
  /** Newest first. */
  legalTexts: readonly LegalText[]
  ownTexts: readonly OwnText[]
}

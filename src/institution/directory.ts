import type { Db } from '../platform/db'
import type { InstitutionWords } from '../platform/i18n/translator'
import type { Day } from '../platform/zone'
import type { Language } from '../texts/catalogue'
import type { InstitutionSettings, InstitutionTexts } from './institution-data'

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

export interface LegalText {
  kind: LegalTextKind
  version: string
  language: Language
  /** Markdown, placeholders filled. */
  body: string
  validFrom: Day
}

export type LegalTextKind = 'privacy' | 'recording' | 'rules'

/** What the institution is, kept in memory: pages never query for it. */
export interface Directory {
  readonly institution: Institution
  /** Active ones, by city, then name. */
  readonly branches: readonly Branch[]
  /** Active ones, by position. */
  readonly topics: readonly Topic[]
  branchByCode(code: string): Branch | undefined
  branchById(id: number): Branch | undefined
  topicByCode(code: string): Topic | undefined
  topicById(id: number): Topic | undefined
  /** The branch of the longest known prefix of the code. */
  branchForPostalCode(fiveDigits: string): Branch | undefined
  /** The newest version in force on the day; throws when the institution has none. */
  currentLegalText(kind: LegalTextKind, language: Language, day: Day): LegalText
  legalText(kind: LegalTextKind, version: string, language: Language): LegalText | undefined
  /** Reads everything again. */
  refresh(): Promise<void>
}

/** Reads the institution into memory; throws when the database holds none. */
export declare function loadDirectory(db: Db): Promise<Directory>

/** What every text may say about the institution, for a Translator. */
export declare function institutionWords(institution: Institution, language: Language): InstitutionWords

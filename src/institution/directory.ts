import type { Db } from '../platform/db'
import type { Day } from '../platform/zone'
import type { Language } from '../texts/catalogue'
import type { Declaration } from './declaration-schema'
import { readDirectory } from './directory-store'
import { type Wordings, wordingsOf } from './wording/own-wording'
import type {
  Branch,
  CertificateKind,
  DirectoryContent,
  Institution,
  RecordingPolicy,
  Topic,
} from './directory-content'
import type { LegalKind } from './institution-data'
import type { LegalText } from './legal-text'

export type { Branch, CertificateKind, Institution, RecordingPolicy, Topic } from './directory-content'
export { institutionWords } from './institution-words'
export type { LegalText } from './legal-text'

/** What the institution is, kept in memory: pages never query for it. */
export interface Directory {
  readonly institution: Institution
  /** Of accessibility. */
  readonly declaration: Declaration
  /** Active ones, by city, then name. */
  readonly branches: readonly Branch[]
  /** Active ones, by position. */
  readonly topics: readonly Topic[]
  /** Active ones, by position. */
  readonly certificateKinds: readonly CertificateKind[]
  branchByCode(code: string): Branch | undefined
  branchById(id: number): Branch | undefined
  topicByCode(code: string): Topic | undefined
  topicById(id: number): Topic | undefined
  /** The branch of the longest known prefix of the code; undefined when that branch is closed. */
  branchForPostalCode(fiveDigits: string): Branch | undefined
  /** Countries of insurance that lead to an active branch. */
  readonly countries: readonly string[]
  branchForCountry(country: string): Branch | undefined
  /** The topic's, or the institution's usual one for a topic that is no longer offered. */
  recordingPolicy(topicId: number): RecordingPolicy
  /** The newest version in force on the day; throws when the institution has none. */
  currentLegalText(kind: LegalKind, language: Language, day: Day): LegalText
  legalText(kind: LegalKind, version: string, language: Language): LegalText | undefined
  /** The institution's own wording of e-mails and SMS in each language. */
  wordings(now: () => Date): Wordings
  /** Reads everything again. */
  refresh(): Promise<void>
}

/** Reads the institution into memory; throws when the database holds none. */
export async function loadDirectory(db: Db): Promise<Directory> {
  let current = lookups(await readDirectory(db))
  return {
    get institution() {
      return current.institution
    },
    get declaration() {
      return current.declaration
    },
    get branches() {
      return current.branches
    },
    get topics() {
      return current.topics
    },
    get certificateKinds() {
      return current.certificateKinds
    },
    branchByCode: (code) => current.branchByCode.get(code),
    branchById: (id) => current.branchById.get(id),
    topicByCode: (code) => current.topicByCode.get(code),
    topicById: (id) => current.topicById.get(id),
    branchForPostalCode: (code) => {
      const id = branchOfLongestPrefix(current.postalAreas, code)
      return id === undefined ? undefined : current.branchById.get(id)
    },
    get countries() {
      return [...current.countries].flatMap(([country, id]) => (current.branchById.has(id) ? [country] : []))
    },
    branchForCountry: (country) => current.branchById.get(current.countries.get(country) ?? 0),
    recordingPolicy: (topicId) =>
      current.topicById.get(topicId)?.recording ?? current.institution.settings.recordingConsent,
    currentLegalText: (kind, language, day) => {
      const text = current.legalTexts.find(
        (one) => one.kind === kind && one.language === language && one.validFrom <= day,
      )
      if (!text) throw new Error(`No text of the kind ${kind} in ${language} is in force on ${day}`)
      return text
    },
    legalText: (kind, version, language) =>
      current.legalTexts.find(
        (one) => one.kind === kind && one.version === version && one.language === language,
      ),
    wordings: (now) => current.wordings(now),
    refresh: async () => {
      current = lookups(await readDirectory(db))
    },
  }
}

/** The branch id of the longest prefix of the code that an area has. */
export function branchOfLongestPrefix(
  areas: ReadonlyMap<string, number>,
  fiveDigits: string,
): number | undefined {
  for (let length = fiveDigits.length; length > 0; length--) {
    const id = areas.get(fiveDigits.slice(0, length))
    if (id !== undefined) return id
  }
  return undefined
}

const lookups = (content: DirectoryContent) => ({
  ...content,
  branchByCode: new Map(content.branches.map((branch) => [branch.code, branch])),
  branchById: new Map(content.branches.map((branch) => [branch.id, branch])),
  topicByCode: new Map(content.topics.map((topic) => [topic.code, topic])),
  topicById: new Map(content.topics.map((topic) => [topic.id, topic])),
  wordings: wordingsOf(content.ownTexts),
})

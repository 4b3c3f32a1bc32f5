import { dateWords } from '../platform/i18n/dates'
import { escapeMarkdown } from '../platform/i18n/markdown'
import { compileMessage } from '../platform/i18n/message'
import type { Language } from '../texts/catalogue'
import type { InstitutionData, LegalKind } from './institution-data'
import { institutionWords } from './institution-words'

/** Addresses, in the reader's language, to which legal texts link. */
export interface LegalUrls {
  deviceUrl: string
  privacyUrl: string
}

/** A legal text as people read and agree to it: `body` is Markdown, `validFrom` a calendar day. */
export interface LegalText {
  kind: LegalKind
  version: string
  language: Language
  validFrom: string
  body: string
  /** What is ticked under it, by key of the catalogue; what is not there is said by the catalogue. */
  labels: Readonly<Record<string, string>>
}

/** '2026-10' -> [2026, 10]: versions are counted, '2026-10' comes after '2026-9'. */
export const versionParts = (version: string): [year: number, n: number] => {
  const [year = 0, n = 0] = version.split('-').map(Number)
  return [year, n]
}

/** The one that is in force later first; of one day, the later version. */
export const newestFirst = (
  one: Pick<LegalText, 'validFrom' | 'version'>,
  other: Pick<LegalText, 'validFrom' | 'version'>,
): number => {
  if (one.validFrom !== other.validFrom) return one.validFrom < other.validFrom ? 1 : -1
  const [[year, n], [otherYear, otherN]] = [versionParts(one.version), versionParts(other.version)]
  return otherYear - year || otherN - n
}

/** A legal text of the institution with every placeholder filled, ready to be kept as that version. */
export const legalText = (
  data: InstitutionData,
  kind: LegalKind,
  language: Language,
  urls: LegalUrls,
): LegalText => {
  const text = data.legalTexts.find((candidate) => candidate.kind === kind)
  if (!text) throw new Error(`The institution has no text of the kind ${kind}`)
  const { version, validFrom, bodies } = text
  const { settings } = data
  const values = Object.entries(data.legalValues).map(([name, value]) => [
    name,
    escapeMarkdown(value[language]),
  ])
  const body = compileMessage(
    `legal text ${kind}`,
    bodies[language],
    language,
  )({
    ...institutionWords(data, language),
    ...(Object.fromEntries(values) as Record<string, string>),
    ...urls,
    version,
    validFrom: dateWords(validFrom, language, data.timeZone),
    required: settings.recordingConsent === 'required' ? 'yes' : 'no',
    pause: settings.recordingPausedForDocument ? 'yes' : 'no',
  })
  return { kind, version, language, validFrom, body, labels: {} }
}

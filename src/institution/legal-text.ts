import { localizedPath } from '../platform/http/localized-path'
import { dateWords } from '../platform/i18n/dates'
import { escapeMarkdown } from '../platform/i18n/markdown'
import { compileMessage } from '../platform/i18n/message'
import type { Language } from '../texts/catalogue'
import { deviceNeedNames, deviceNeeds } from './device-needs'
import type { InstitutionData, LegalKind } from './institution-data'
import { institutionWords } from './institution-words'
import { legalValueNames } from './legal-values-schema'
import { keptNames, keptWords } from './kept-words'

export const legalKinds = ['privacy', 'recording', 'rules'] as const satisfies readonly LegalKind[]

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

/** What a legal text may have in braces, besides the institution's words. */
export const legalPlaceholders = {
  choices: { required: ['yes', 'no'], pause: ['yes', 'no'] },
  numbers: ['minutes', 'openBefore'],
  own: [
    ...['version', 'validFrom', 'deviceUrl', 'privacyUrl', 'required', 'pause'],
    ...legalValueNames,
    ...keptNames,
    ...deviceNeedNames,
  ],
}

/** Makes text stand in an ICU message as it is. */
export const escapeIcu = (text: string): string =>
  text.replace(/['{}]+/g, (signs) => {
    const doubled = signs.replaceAll("'", "''")
    return /[{}]/.test(signs) ? `'${doubled}'` : doubled
  })

/** A legal text of the data folder as it was written; the institution's values stay open, since they change. */
export const legalSource = (data: InstitutionData, kind: LegalKind, language: Language): string =>
  dataOf(data, kind).bodies[language]

const dataOf = ({ legalTexts }: InstitutionData, kind: LegalKind) => {
  const text = legalTexts.find((candidate) => candidate.kind === kind)
  if (!text) throw new Error(`The institution has no text of the kind ${kind}`)
  return text
}

/** A legal text of the data folder with every placeholder filled, ready to be kept as that version. */
export function legalText(data: InstitutionData, kind: LegalKind, language: Language): LegalText {
  const { version, validFrom } = dataOf(data, kind)
  const body = fillLegalSource(legalSource(data, kind, language), { language, version, validFrom }, data)
  return { kind, version, language, validFrom, body, labels: {} }
}

/** The open text of a version that was kept without one: its own number and day become placeholders again. */
export const sourceOfBody = (
  { body, version, validFrom, language }: Pick<LegalText, 'body' | 'version' | 'validFrom' | 'language'>,
  timeZone: string,
): string =>
  escapeIcu(body)
    .replace(version, '{version}')
    .replace(dateWords(validFrom, language, timeZone), '{validFrom}')

/** The text of a version as people read and agree to it; `source` must have passed the placeholders' check. */
export function fillLegalSource(
  source: string,
  { language, version, validFrom }: Pick<LegalText, 'language' | 'version' | 'validFrom'>,
  institution: Pick<InstitutionData, 'texts' | 'settings' | 'timeZone' | 'legalValues'>,
): string {
  const { settings, timeZone, legalValues } = institution
  const values = Object.entries(legalValues).map(([name, value]) => [name, escapeMarkdown(value[language])])
  return compileMessage(
    'legal text',
    source,
    language,
  )({
    ...institutionWords(institution, language),
    ...(Object.fromEntries(values) as Record<string, string>),
    ...keptWords(settings, language),
    ...deviceNeeds(settings, language),
    deviceUrl: localizedPath(language, '/sprawdz-urzadzenie'),
    privacyUrl: localizedPath(language, '/dane-osobowe'),
    version,
    validFrom: dateWords(validFrom, language, timeZone),
    required: settings.recordingConsent === 'required' ? 'yes' : 'no',
    pause: settings.recordingPausedForDocument ? 'yes' : 'no',
  })
}

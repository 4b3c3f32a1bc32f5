import { dateWords } from '../platform/i18n/dates'
import { escapeMarkdown } from '../platform/i18n/markdown'
import { compileMessage } from '../platform/i18n/message'
import type { Language } from '../texts/catalogue'
import type { InstitutionData, LegalKind } from './institution-data'
import { institutionWords } from './institution-words'
import { type KeptWords, keptWords } from './kept-words'

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
}

/** What differs from one version to the next though nobody wrote anything: its name, its day, the periods. */
type OfVersion = KeptWords & { version: string; validFrom: string }
const names: readonly (keyof OfVersion)[] = [
  'version',
  'validFrom',
  'retentionVisit',
  'retentionRecording',
  'retentionContact',
]
const stillOpen = Object.fromEntries(names.map((name) => [name, `{${name}}`]))

/** A legal text with what differs from version to version still open. */
export const legalSource = (
  data: InstitutionData,
  kind: LegalKind,
  language: Language,
  urls: LegalUrls,
): string => {
  const { settings } = data
  const values = Object.entries(data.legalValues).map(([name, value]) => [
    name,
    escapeMarkdown(value[language]),
  ])
  return compileMessage(
    `legal text ${kind}`,
    textOf(data, kind).bodies[language],
    language,
  )({
    ...institutionWords(data, language),
    ...(Object.fromEntries(values) as Record<string, string>),
    ...urls,
    ...stillOpen,
    required: settings.recordingConsent === 'required' ? 'yes' : 'no',
    pause: settings.recordingPausedForDocument ? 'yes' : 'no',
  })
}

/** The source as it is published: never changed afterwards. */
export const publishedBody = (source: string, words: OfVersion): string =>
  names.reduce((body, name) => body.replaceAll(`{${name}}`, () => words[name]), source)

/** A legal text of the institution with every placeholder filled, ready to be kept as that version. */
export const legalText = (
  data: InstitutionData,
  kind: LegalKind,
  language: Language,
  urls: LegalUrls,
): LegalText => {
  const { version, validFrom } = textOf(data, kind)
  const body = publishedBody(legalSource(data, kind, language, urls), {
    version,
    validFrom: dateWords(validFrom, language, data.timeZone),
    ...keptWords(data.settings, data.topics, language),
  })
  return { kind, version, language, validFrom, body }
}

function textOf(data: InstitutionData, kind: LegalKind): InstitutionData['legalTexts'][number] {
  const text = data.legalTexts.find((candidate) => candidate.kind === kind)
  if (!text) throw new Error(`The institution has no text of the kind ${kind}`)
  return text
}

import { localizedPath } from '../platform/http/localized-path'
import { dateWords } from '../platform/i18n/dates'
import { escapeMarkdown } from '../platform/i18n/markdown'
import { compileMessage } from '../platform/i18n/message'
import type { Language } from '../texts/catalogue'
import type { InstitutionData, LegalKind } from './institution-data'
import { institutionWords } from './institution-words'

/** A legal text as people read and agree to it: `body` is Markdown, `validFrom` a calendar day. */
export interface LegalText {
  kind: LegalKind
  version: string
  language: Language
  validFrom: string
  body: string
}

/** A legal text as it was written: Markdown whose placeholders are open. */
export interface LegalSource {
  kind: LegalKind
  version: string
  language: Language
  validFrom: string
  source: string
}

type Values = Pick<InstitutionData, 'texts' | 'settings' | 'timeZone' | 'legalValues'>

/** The text with every placeholder filled, ready to be kept as that version. */
export const fillLegalText = (
  data: Values,
  { kind, version, language, validFrom, source }: LegalSource,
): LegalText => {
  const { settings } = data
  const values = Object.entries(data.legalValues).map(([name, value]) => [
    name,
    escapeMarkdown(value[language]),
  ])
  const body = compileMessage(
    `legal text ${kind}`,
    source,
    language,
  )({
    ...institutionWords(data, language),
    ...(Object.fromEntries(values) as Record<string, string>),
    deviceUrl: localizedPath(language, '/sprawdz-urzadzenie'),
    privacyUrl: localizedPath(language, '/dane-osobowe'),
    version,
    validFrom: dateWords(validFrom, language, data.timeZone),
    required: settings.recordingConsent === 'required' ? 'yes' : 'no',
    pause: settings.recordingPausedForDocument ? 'yes' : 'no',
  })
  return { kind, version, language, validFrom, body }
}

/** A legal text of the data folder, filled. */
export const legalText = (data: InstitutionData, kind: LegalKind, language: Language): LegalText => {
  const text = data.legalTexts.find((candidate) => candidate.kind === kind)
  if (!text) throw new Error(`The institution has no text of the kind ${kind}`)
  const { version, validFrom, bodies } = text
  return fillLegalText(data, { kind, version, language, validFrom, source: bodies[language] })
}

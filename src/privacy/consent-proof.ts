import type { ConsentKind } from '../booking/consents'
import { consentLabel } from '../booking/consents'
import type { Directory, LegalText } from '../institution/directory'
import type { InstitutionSettings } from '../institution/institution-data'
import type { Translator } from '../platform/i18n/translator'
import { isLanguage, type Language, type TextKey } from '../texts/catalogue'
import type { KeptConsent } from './person-facts'

/** A consent with the very text that the person was shown. */
export interface ConsentProof extends KeptConsent {
  /** What was ticked. */
  label: string
  /** Undefined when the text of this version is not in the database any more. */
  text: LegalText | undefined
}

/** What a guardian has to know stands in the text on personal data. */
const textKind: Record<ConsentKind, 'privacy' | 'recording'> = {
  privacy: 'privacy',
  guardian: 'privacy',
  recording: 'recording',
}

const labelKey: Record<ConsentKind, (settings: InstitutionSettings) => TextKey> = {
  privacy: ({ privacyConsent }) => `consent.privacy.${privacyConsent}.label`,
  guardian: () => 'consent.guardian.label',
  recording: ({ recordingConsent }) => `consent.recording.${recordingConsent}.label`,
}

export const consentProofs = (
  {
    directory,
    translators,
  }: {
    directory: Pick<Directory, 'legalText' | 'institution'>
    translators: Readonly<Record<Language, Translator>>
  },
  consents: readonly KeptConsent[],
): ConsentProof[] =>
  consents.map((consent) => {
    const language = isLanguage(consent.language) ? consent.language : 'pl'
    const key = labelKey[consent.kind](directory.institution.settings)
    return {
      ...consent,
      label: consentLabel(directory, consent, key, translators[language]),
      text: directory.legalText(textKind[consent.kind], consent.version, language),
    }
  })

import type { ConsentKind } from '../booking/consents'
import { consentLabel } from '../booking/consents'
import type { Directory, LegalText } from '../institution/directory'
import type { Translator } from '../platform/i18n/translator'
import { isLanguage, type Language } from '../texts/catalogue'
import type { KeptConsent } from './person-facts'

/** A consent with the very text that the person was shown. */
export interface ConsentProof extends Omit<KeptConsent, 'label'> {
  /** What was ticked, in words. */
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

export const consentProofs = (
  {
    directory,
    translators,
  }: {
    directory: Pick<Directory, 'legalText'>
    translators: Readonly<Record<Language, Translator>>
  },
  consents: readonly KeptConsent[],
): ConsentProof[] =>
  consents.map((consent) => {
    const language = isLanguage(consent.language) ? consent.language : 'pl'
    return {
      ...consent,
      label: consentLabel(directory, consent, translators[language]),
      text: directory.legalText(textKind[consent.kind], consent.version, language),
    }
  })

import type { ConsentKind } from '../booking/consents'
import type { Directory } from '../institution/directory'
import type { LegalText } from '../institution/directory'
import { isLanguage } from '../texts/catalogue'
import type { KeptConsent } from './person-facts'

/** A consent with the very text that the person was shown. */
export interface ConsentProof extends KeptConsent {
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
  directory: Pick<Directory, 'legalText'>,
  consents: readonly KeptConsent[],
): ConsentProof[] =>
  consents.map((consent) => ({
    ...consent,
    text: isLanguage(consent.language)
      ? directory.legalText(textKind[consent.kind], consent.version, consent.language)
      : undefined,
  }))

import type { InstitutionWords, TextSource } from '../platform/i18n/translator'
import type { Language } from '../texts/catalogue'
import type { Directory, Institution } from './directory'
import { institutionWords } from './institution-words'

// Made once for what the database says; each text asks for them
const made = new WeakMap<Institution, Map<Language, InstitutionWords>>()

const wordsOf = (institution: Institution, language: Language): InstitutionWords => {
  const known = made.get(institution) ?? new Map<Language, InstitutionWords>()
  made.set(institution, known)
  const words = known.get(language) ?? institutionWords(institution, language)
  known.set(language, words)
  return words
}

/** The institution's words and wording as they are at each moment. */
export const institutionTexts = (
  directory: Pick<Directory, 'institution' | 'wordings'>,
  now: () => Date,
): TextSource => ({
  words: (language) => wordsOf(directory.institution, language),
  wording: (language) => directory.wordings(now)[language],
})

import type { InstitutionWords } from '../platform/i18n/translator'
import type { Language } from '../texts/catalogue'
import type { InstitutionData } from './institution-data'

/** The words of the institution that any text may need, in one language. */
export const institutionWords = (
  { texts, settings }: Pick<InstitutionData, 'texts' | 'settings'>,
  language: Language,
): InstitutionWords => ({
  inst: texts[language].short,
  instName: texts[language].name,
  instAddress: texts[language].address,
  phone: texts[language].phone,
  smsPhone: texts[language].smsPhone,
  phoneHours: texts[language].phoneHours,
  site: texts[language].site,
  profileName: texts[language].profileName,
  hours: texts[language].hours,
  minutes: settings.visitMinutes,
  openBefore: settings.openBeforeMinutes,
})

/** The same words as they are each time they are read: a translator made with them follows every change. */
export function liveInstitutionWords(
  source: { readonly institution: Pick<InstitutionData, 'texts' | 'settings'> },
  language: Language,
): InstitutionWords {
  let known = { of: source.institution, words: institutionWords(source.institution, language) }
  const current = (): InstitutionWords => {
    if (known.of !== source.institution)
      known = { of: source.institution, words: institutionWords(source.institution, language) }
    return known.words
  }
  const getters = Object.keys(known.words).map((name) => [
    name,
    { enumerable: true, get: () => current()[name as keyof InstitutionWords] },
  ])
  return Object.defineProperties({}, Object.fromEntries(getters) as PropertyDescriptorMap) as InstitutionWords
}

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

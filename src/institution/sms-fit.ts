import { smsParts } from '../contract/sms-parts'
import { smsDate, timeOnButton } from '../platform/i18n/dates'
import { type InstitutionWords, liveTranslator, type OwnWording } from '../platform/i18n/translator'
import { catalogues, type Language, type TextKey } from '../texts/catalogue'

const smsKeys = (Object.keys(catalogues.pl) as TextKey[]).filter((key) => key.startsWith('sms.'))

// Any date, time and number will do: they are equally long whatever the day.
const instant = new Date('2026-12-29T13:05:00Z')

/** Keys of SMS texts that would need a second part with these words, or a costlier encoding than meant. */
export const smsThatOverflow = (language: Language, words: InstitutionWords, own?: OwnWording): TextKey[] => {
  const { t } = liveTranslator(language, { words: () => words, wording: () => own })
  const args = {
    date: smsDate(instant, language, 'UTC'),
    time: timeOnButton(instant, 'UTC'),
    number: 'EW-7K3F-92QX',
  }
  return smsKeys.filter((key) => {
    const { parts, encoding } = smsParts(t(key, args))
    return parts > 1 || (language !== 'uk' && encoding !== 'GSM-7')
  })
}

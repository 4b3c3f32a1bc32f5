import type { InstitutionWords } from '../platform/i18n/translator'
import type { Site } from './site'

/** The words of an institution, for tests of pages. */
export const testWords: InstitutionWords = {
  inst: 'ZUS',
  instName: 'Zakład Ubezpieczeń Społecznych',
  instAddress: 'ul. Szamocka 3, 5, 01-748 Warszawa',
  phone: '22\u00a0560\u00a016\u00a000',
  smsPhone: '+48 22 560 16 00',
  phoneHours: 'od poniedziałku do piątku, 7:00–18:00',
  site: 'www.zus.pl/e-wizyta',
  profileName: 'PUE ZUS',
  hours: '9:00–14:30',
  minutes: 20,
  openBefore: 15,
}

export const testSite: Site = {
  words: { pl: testWords, en: testWords, uk: testWords },
  phoneE164: '+48225601600',
  demo: false,
}

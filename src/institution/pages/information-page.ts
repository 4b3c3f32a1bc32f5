import type { Translator } from '../../platform/i18n/translator'
import type { Language } from '../../texts/catalogue'

/** What every information page is made with. */
export interface InformationPage {
  t: Translator
  language: Language
  /** This page without the language prefix, with its query. */
  path: string
  timeZone: string
}

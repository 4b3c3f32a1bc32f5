import type { InstitutionWords } from '../platform/i18n/translator'
import type { Language } from '../texts/catalogue'

/** What every page shows whoever asks for it. */
export interface Site {
  words: Readonly<Record<Language, InstitutionWords>>
  /** The help line, to be dialled: '+48225601600'. */
  phoneE164: string
  /** A demonstration says so at the top of each page. */
  demo: boolean
}

let current: Site | undefined

/** Told at start; its properties are read at each page, and may change with the institution's data. */
export const setSite = (site: Site): void => {
  current = site
}

/** The site's facts; undefined before `setSite`, then pages leave out what they do not know. */
export const site = (): Site | undefined => current

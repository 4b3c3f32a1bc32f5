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

let current: (() => Site) | undefined

/** Told at start: the facts, or where to ask for them when they may change. The same facts are the same object. */
export const setSite = (source: Site | (() => Site)): void => {
  current = typeof source === 'function' ? source : () => source
}

/** The site's facts; undefined before `setSite`, then pages leave out what they do not know. */
export const site = (): Site | undefined => current?.()

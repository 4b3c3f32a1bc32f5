import type { Directory } from '../../institution/directory'
import { localizedPath } from '../../platform/http/localized-path'
import type { Translator } from '../../platform/i18n/translator'
import type { Language } from '../../texts/catalogue'

/** What every page of the booking is made with. */
export interface PageContext {
  t: Translator
  language: Language
  /** This page without the language prefix, with its query. */
  path: string
  directory: Directory
}

/** The address of a page in the language of this one. */
export const linkTo = ({ language }: PageContext, path: string): string => localizedPath(language, path)

/** The part of the context that the page frame takes. */
export const frameOf = ({ t, language, path }: PageContext) => ({ t, language, path })

import { isLanguage, type Language } from '../../texts/catalogue'

/** The address of a page in a language: Polish has no prefix. */
export function localizedPath(language: Language, path: string): string {
  if (language === 'pl') return path
  return path === '/' ? `/${language}` : `/${language}${path}`
}

/** Splits '/en/temat?x=1' into its language and '/temat?x=1'. */
export function splitLanguage(url: string): { language: Language; path: string } {
  const prefix = /^\/([a-z]{2})(?=$|[/?])/.exec(url)?.[1]
  if (prefix === undefined || prefix === 'pl' || !isLanguage(prefix)) return { language: 'pl', path: url }
  const rest = url.slice(3)
  return { language: prefix, path: rest.startsWith('/') ? rest : `/${rest}` }
}

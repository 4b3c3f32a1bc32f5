import type { Translator } from '../platform/i18n/translator'
import { localizedPath } from '../platform/http/localized-path'
import { type Language, languages } from '../texts/catalogue'
import { escapeHtml } from './html'
import { markHtml } from './mark'
import { type Site, site } from './site'

/** What stands above and below every page of a language; only the language links depend on the page. */
export interface FrameChrome {
  skipLink: string
  headerStart: string
  headerEnd: string
  languageLinks: (path: string) => string
  footer: string
}

const made = new Map<Language, { chrome: FrameChrome; site: Site | undefined }>()

/** Header and footer as text, made once per language and again only when the site's facts change. */
export const frameChrome = (texts: Translator): FrameChrome => {
  const known = made.get(texts.language)
  const facts = site()
  if (known && known.site === facts) return known.chrome
  const chrome = makeChrome(texts, facts)
  made.set(texts.language, { chrome, site: facts })
  return chrome
}

// A phone shows the first letters only; the rest stays readable for screen readers.
const shownLetters: Record<Language, number> = { pl: 3, en: 2, uk: 3 }

const makeChrome = ({ t, language }: Translator, facts: Site | undefined): FrameChrome => {
  const to = (path: string): string => localizedPath(language, path)
  const words = facts?.words[language]
  const link = (path: string, label: string): string =>
    `<li><a href="${to(path)}">${escapeHtml(label)}</a></li>`
  const demo = facts?.demo
    ? `<p class="demo"><span class="wrap">${escapeHtml(t('ui.demoBanner'))} <a href="${to('/skrzynka/jak-sprobowac')}">${escapeHtml(t('demo.try.title'))}</a> <a href="${to('/skrzynka')}">${escapeHtml(t('demo.mailbox.link'))}</a></span></p>`
    : ''
  const institution = words
    ? `<span class="org"><span class="short">${escapeHtml(words.inst)}</span><span class="full">${escapeHtml(words.instName)}</span></span>`
    : ''
  const languageParts = languages.map((each) => {
    const name = t(`ui.language.${each}`)
    const cut = shownLetters[each]
    const current = each === language ? ' aria-current="true"' : ''
    return {
      each,
      start: `" lang="${each}" hreflang="${each}"${current}>${name.slice(0, cut)}<span class="rest">${name.slice(cut)}</span></a>`,
    }
  })

  return {
    skipLink: t('ui.skip'),
    headerStart: `${demo}<div class="wrap"><a class="brand" href="${to('/')}">${markHtml('light', 36)}${escapeHtml(t('ui.serviceName'))}</a>${institution}<nav class="langs" aria-label="${escapeHtml(t('ui.language.label'))}">`,
    languageLinks: (path) =>
      languageParts
        .map(({ each, start }) => `<a href="${escapeHtml(localizedPath(each, path))}${start}`)
        .join(''),
    headerEnd: '</nav></div>',
    footer: `<div class="wrap"><nav aria-label="${escapeHtml(t('footer.label'))}"><ul>${[
      link('/znajdz', t('footer.find')),
      link('/sprawdz-urzadzenie', t('footer.device')),
      link('/zasady', t('footer.rules')),
      link('/dane-osobowe', t('footer.privacy')),
      link('/nagrywanie', t('footer.recording')),
      link('/cookies', t('footer.cookies')),
      link('/dostepnosc', t('footer.accessibility')),
      `<li><a href="/pracownik"${language === 'pl' ? '' : ' hreflang="pl"'}>${escapeHtml(t('footer.staff'))}</a></li>`,
    ].join(
      '',
    )}</ul></nav><p>${escapeHtml(t('footer.contact'))}</p><p>${escapeHtml(t('footer.owner'))}</p></div>`,
  }
}

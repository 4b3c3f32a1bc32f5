import { renderToString } from 'preact-render-to-string'
import { afterEach, expect, test } from 'vitest'
import { createTranslator } from '../platform/i18n/translator'
import { PublicFrame } from './frame'
import { setSite } from './site'
import { testSite, testWords } from './site-for-tests'

afterEach(() => setSite(testSite))
setSite(testSite)

const frame = (
  language: 'pl' | 'en' | 'uk',
  props: { path?: string; error?: boolean; title?: string } = {},
) =>
  renderToString(
    <PublicFrame
      t={createTranslator(language, testWords)}
      language={language}
      path={props.path ?? '/'}
      title={props.title ?? 'Wybierz temat'}
      {...(props.error !== undefined && { error: props.error })}
    >
      <h1>Wybierz temat</h1>
    </PublicFrame>,
  )

test('the language links keep the place and what was chosen', () => {
  const page = frame('en', { path: '/termin?temat=pensions&oddzial=WAW2' })
  expect(page).toContain('href="/termin?temat=pensions&amp;oddzial=WAW2" lang="pl"')
  expect(page).toContain('href="/en/termin?temat=pensions&amp;oddzial=WAW2" lang="en"')
  expect(page).toContain('href="/uk/termin?temat=pensions&amp;oddzial=WAW2" lang="uk"')
  expect(page).toContain('hreflang="en" aria-current="true"')
})

test('an address cannot bring markup into the page', () => {
  expect(frame('pl', { path: '/kod?kod="><script>alert(1)</script>' })).not.toContain('<script>')
})

test('a page in a language says so and leads to pages in that language', () => {
  const page = frame('uk')
  expect(page).toContain('<html lang="uk">')
  expect(page).toContain('href="/uk/znajdz"')
  expect(page).toContain('class="brand" href="/uk"')
})

test('the tab says first that a form has mistakes', () => {
  expect(frame('pl', { error: true })).toContain('<title>Błąd: Wybierz temat – e-Wizyta – ZUS</title>')
  expect(frame('pl')).toContain('<title>Wybierz temat – e-Wizyta – ZUS</title>')
})

test('the footer leads to everything one may look for', () => {
  const page = frame('pl')
  for (const path of [
    '/znajdz',
    '/sprawdz-urzadzenie',
    '/zasady',
    '/dane-osobowe',
    '/nagrywanie',
    '/cookies',
    '/dostepnosc',
    '/pracownik',
  ])
    expect(page).toContain(`href="${path}"`)
})

test('only a demonstration says that it is one', () => {
  expect(frame('pl')).not.toContain('wersja pokazowa')
  setSite({ ...testSite, demo: true })
  expect(frame('pl')).toContain('wersja pokazowa')
})

test('the institution is named as its data say, also after they change', () => {
  expect(frame('pl')).toContain('Zakład Ubezpieczeń Społecznych')
  setSite({ ...testSite, words: { ...testSite.words, pl: { ...testWords, instName: 'Urząd <b>' } } })
  expect(frame('pl')).toContain('Urząd &lt;b&gt;')
})

import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { createTranslator } from '../platform/i18n/translator'
import { languages } from '../texts/catalogue'
import { type ErrorKind, errorPage } from './error-page'
import { setSite } from './site'
import { testSite, testWords } from './site-for-tests'

setSite(testSite)

const kinds: readonly ErrorKind[] = [
  'notFound',
  'forbidden',
  'tooMany',
  'broken',
  'unavailable',
  'badInput',
  'csrf',
]

test.each(kinds)('the page for %s says what to do and gives the phone number in each language', (kind) => {
  for (const language of languages) {
    const page = renderToString(
      errorPage({ t: createTranslator(language, testWords), language, kind, minutes: 5 }),
    )
    expect(page).toMatch(/<h1 class="q">.{5,}<\/h1>/)
    expect(page).toContain('href="tel:+48225601600"')
    expect(page).toContain(`<a class="btn`)
  }
})

test('a failure of ours has a number that finds it in the log', () => {
  const t = createTranslator('pl', testWords)
  expect(renderToString(errorPage({ t, language: 'pl', kind: 'broken', incident: '3ffeb530' }))).toContain(
    '3ffeb530',
  )
})

test('who must wait is told how long', () => {
  const t = createTranslator('pl', testWords)
  expect(renderToString(errorPage({ t, language: 'pl', kind: 'tooMany', minutes: 5 }))).toContain('5 minut')
})

import { renderToString } from 'preact-render-to-string'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createTranslator } from '../../platform/i18n/translator'
import { type Language, languages } from '../../texts/catalogue'
import { setSite } from '../../ui/site'
import { testSite, testWords } from '../../ui/site-for-tests'
import type { Declaration } from '../declaration-schema'
import { legalText } from '../legal-text'
import { readInstitutionData } from '../read-institution-data'
import { accessibilityPage } from './accessibility-page'
import { cookiesPage } from './cookies-page'
import type { InformationPage } from './information-page'
import { legalPage } from './legal-page'

setSite(testSite)
const data = await readInstitutionData('data/zus')

const pageIn = (language: Language): InformationPage => ({
  t: createTranslator(language, testWords),
  language,
  path: '/dostepnosc',
  timeZone: data.timeZone,
})

const declaration = (language: Language, changes: Partial<Declaration> = {}) =>
  renderToString(
    accessibilityPage(pageIn(language), {
      institution: data,
      declaration: { ...data.declaration, ...changes },
      publicUrl: 'https://ewizyta.example.pl',
    }),
  )

// Technical conditions of publication of the accessibility declaration, version 2.0
const requiredIds = [
  'a11y-wstep',
  'a11y-podmiot',
  'a11y-zakres',
  'a11y-url',
  'a11y-data-publikacja',
  'a11y-data-aktualizacja',
  'a11y-status',
  'a11y-data-sporzadzenie',
  'a11y-kontakt',
  'a11y-osoba',
  'a11y-email',
  'a11y-telefon',
  'a11y-procedura',
  'a11y-architektura',
  'a11y-komunikacja',
]

test.each(languages)('the declaration in %s has every id that the law asks for, each once', (language) => {
  const html = declaration(language)
  for (const id of requiredIds) expect(html.split(`id="${id}"`)).toHaveLength(2)
  expect(html).toContain('<time id="a11y-data-publikacja" datetime="2026-01-01"')
  expect(html).toContain('id="a11y-url" href="https://ewizyta.example.pl"')
  expect(html).not.toContain('{ombudsmanUrl}')
})

test.each(languages)('the legal texts in %s are shown with their version and stay light', (language) => {
  for (const kind of ['privacy', 'recording', 'rules'] as const) {
    const text = legalText(data, kind, language)
    const html = renderToString(legalPage(pageIn(language), { text }))
    expect(html).toContain(text.version)
    expect(html.match(/<h1/g)).toHaveLength(1)
    expect(html).not.toMatch(/\{\w+\}/)
    expect(gzipSync(html).length).toBeLessThanOrEqual(7000)
  }
})

test('who reads an older version is led to the one in force', () => {
  const text = legalText(data, 'privacy', 'en')
  const newer = { text: { ...text, version: '2027-1', validFrom: '2027-02-01' }, path: '/dane-osobowe' }
  const html = renderToString(legalPage(pageIn('en'), { text, newer }))
  expect(html).toContain('<a href="/en/dane-osobowe">Version 2027-1, in force from 1 February 2027</a>')
})

test.each(languages)('the cookies that we set are told in %s', (language) => {
  const html = renderToString(cookiesPage(pageIn(language)))
  for (const name of ['booking', 'staff']) expect(html).toContain(`<th scope="row">${name}</th>`)
})

import { renderToString } from 'preact-render-to-string'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { createTranslator } from '../../platform/i18n/translator'
import { type Language, languages } from '../../texts/catalogue'
import { setSite } from '../../ui/site'
import { testSite, testWords } from '../../ui/site-for-tests'
import type { Declaration } from '../declaration-schema'
import { legalText } from '../legal-text'
import { readInstitutionData } from '../read-institution-data'
import { accessibilityPage } from './accessibility-page'
import { cookiesPage } from './cookies-page'
import { declarationFindings } from './declaration-rules-for-tests'
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

/** A declaration with everything that one can have. */
const three = (text: string) => ({ pl: text, en: text, uk: text })
const filled = (): Partial<Declaration> => ({
  dates: {
    published: '2026-01-01',
    updated: '2026-02-02',
    made: '2026-03-03',
    reviewed: '2026-04-04',
    sample: false,
  },
  method: 'audit',
  values: {
    ...data.declaration.values,
    intro: { ...three('{body} dba o dostępność swojej {scope}. Dotyczy to {site}: {url}.'), sample: false },
    email: { ...three('dostepnosc@zus.pl'), sample: false },
  },
  extras: {
    inaccessible: three('Mapa'),
    exempt: three('Nagrania'),
    excessiveCost: three('Napisy na żywo'),
    auditor: three('Fundacja'),
    apps: three('Brak'),
    architectureUrl: three('https://www.zus.pl/budynki'),
  },
})

describe.each(languages)('the declaration in %s', (language) => {
  test('has what the law asks for, each once, on its element and in its form', () => {
    const html = declaration(language, filled())
    expect(declarationFindings(html, language)).toEqual([])
    expect(html).not.toMatch(/\{\w+\}/)
  })

  test('has it also when there is nothing more to say, and names what the statement leaves out', () => {
    const { values } = filled()
    const html = declaration(language, {
      values: { ...data.declaration.values, email: values?.email ?? data.declaration.values.email },
    })
    expect(declarationFindings(html, language)).toEqual([])
  })
})

describe('the rules of the declaration', () => {
  const html = declaration('pl', filled())
  const ids = [...html.matchAll(/id="(a11y-[a-z-]+)"/g)].map(([, id = '']) => id)
  const optional = /deklaracja|ocena|przeglad|audytor|aplikacje|architektura-url/

  test.each(ids)('miss %s, and find it twice or under another name', (id) => {
    const without = html.replace(`id="${id}"`, '')
    if (!optional.test(id)) expect(declarationFindings(without, 'pl')).toContain(`${id}: missing`)
    expect(declarationFindings(`${html}<p id="${id}">x</p>`, 'pl')).toContain(`${id}: 2 times`)
    const renamed = html.replace(`id="${id}"`, `id="${id}s"`)
    expect(declarationFindings(renamed, 'pl')).toContain(`${id}s: not an id of the conditions`)
  })

  test.each([
    [
      'datetime="2026-02-02"',
      'datetime="2.02.2026"',
      'a11y-data-aktualizacja: datetime="2.02.2026" is no calendar day',
    ],
    [
      'datetime="2026-02-02"',
      'datetime="2026-02-30"',
      'a11y-data-aktualizacja: datetime="2026-02-30" is no calendar day',
    ],
    ['datetime="2026-04-04"', 'datetime="2026-01-04"', 'reviewed before it was made'],
    [
      'href="mailto:dostepnosc@zus.pl"',
      'href="/kontakt"',
      'a11y-email: "dostepnosc@zus.pl" with href="/kontakt"',
    ],
    ['href="tel:+', 'href="tel:', 'a11y-telefon: href="tel:48225601600"'],
    ['<span id="a11y-kontakt">', '<h2 id="a11y-kontakt">', 'a11y-kontakt: on <h2>'],
    ['href="https://www.zus.pl/budynki"', 'href="budynki"', 'a11y-architektura-url: href="budynki"'],
  ])('find %s as %s', (right, wrong, finding) => {
    expect(html).toContain(right)
    expect(declarationFindings(html.replace(right, wrong), 'pl')).toContain(finding)
  })

  test('find a heading in other words or in another place', () => {
    const [heading] = declarationFindings(html.replace('Nadmierne koszty', 'Za drogo'), 'pl')
    expect(heading).toMatch(/^headings: .*Za drogo/)
  })
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

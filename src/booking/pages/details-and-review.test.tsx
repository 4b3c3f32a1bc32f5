import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import type { Answers } from '../answers'
import type { AskedConsent } from '../consents'
import { consentField } from './consent-cards'
import { detailsPage, fieldsOf, typedFields } from './details-page'
import { testBranch, testHold, testPage, testTopic } from './page-for-tests'
import { reviewPage } from './review-page'

const journey = {
  topic: testTopic,
  branch: testBranch,
  postalCode: '03829',
  country: undefined,
  earlierHold: testHold.id,
}
const answers: Answers = {
  firstName: 'Jan <b>',
  lastName: "O'Hara",
  phone: '+380501234567',
  email: 'jan@example.org',
  guardian: null,
  language: 'uk',
}
const consents: AskedConsent[] = [
  { kind: 'privacy', version: '2026-1', label: 'consent.privacy.consent.label', required: true },
  { kind: 'recording', version: '2026-2', label: 'consent.recording.required.label', required: true },
]

const review = (more: { ticked?: AskedConsent['kind'][]; errors?: { field: string; text: string }[] } = {}) =>
  renderToString(
    reviewPage(testPage('pl'), { hold: testHold, answers, journey, consents, warnings: [], ...more }),
  )

test('no consent is ticked before the person ticks it', () => {
  expect(review()).not.toMatch(/type="checkbox"[^>]* checked/)
})

test('a form that comes back keeps the boxes that were ticked', () => {
  const html = review({
    ticked: ['privacy'],
    errors: [{ field: consentField('recording'), text: 'Zaznacz zgodę na nagranie e-wizyty' }],
  })
  expect(html).toMatch(/id="zgoda-privacy"[^>]* checked/)
  expect(html).not.toMatch(/id="zgoda-recording"[^>]* checked/)
  expect(html).toContain('<a href="#zgoda-recording">')
})

test('a ticked box sends the version that was shown, and its link opens that version', () => {
  const html = review()
  expect(html).toMatch(/name="zgoda-recording" value="2026-2"/)
  expect(html).toContain('href="/nagrywanie?wersja=2026-2"')
  expect(html).toContain('href="/dane-osobowe?wersja=2026-1"')
})

test('each answer can be changed where it was given, without losing the others', () => {
  const html = review()
  expect(html).toContain(`href="/temat?temat=pensions&amp;kod=03829&amp;z=${testHold.id}"`)
  expect(html).toContain(`href="/termin?temat=pensions&amp;oddzial=B1&amp;kod=03829&amp;z=${testHold.id}"`)
  expect(html).toContain(`href="/rezerwacja/${testHold.id}/dane#phone"`)
})

test('answers are shown as written, a foreign number with its country code', () => {
  const html = review()
  expect(html).toContain('Jan &lt;b>')
  expect(html).toContain('+380\u00a050\u00a0123\u00a04567')
})

test('what was typed comes back into the fields as it was, right or wrong', () => {
  const fields = typedFields({ firstName: '"><script>', phone: '601 234', guardian: 'yes', other: 'x' })
  const html = renderToString(detailsPage(testPage('pl'), { hold: testHold, journey, held: true, fields }))
  expect(html).not.toContain('<script>')
  expect(html).toMatch(/id="phone"[^>]* value="601 234"/)
  expect(html).toMatch(/id="guardian"[^>]* checked/)
})

test('the answers kept fill the same fields', () => {
  expect(fieldsOf(answers)).toMatchObject({
    firstName: 'Jan <b>',
    guardian: '',
    guardianFirstName: '',
    language: 'uk',
  })
})

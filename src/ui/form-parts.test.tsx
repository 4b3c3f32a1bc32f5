import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { createTranslator } from '../platform/i18n/translator'
import { ErrorSummary, errorOf } from './error-summary'
import { Field } from './field'
import { PhoneText } from './phone-text'
import { CheckCard } from './pick-card'
import { setSite } from './site'
import { testSite, testWords } from './site-for-tests'
import { SummaryList } from './summary-list'

setSite(testSite)
const t = createTranslator('pl', testWords)

test('each line of the error summary leads to its field, and the summary takes the focus', () => {
  const errors = [{ field: 'firstName', text: 'Wpisz imię' }, { text: 'Czas minął' }]
  const html = renderToString(<ErrorSummary t={t} errors={errors} />)
  expect(html).toContain('<a href="#firstName">Wpisz imię</a>')
  expect(html).toContain('<p>Czas minął</p>')
  expect(html).toMatch(/role="alert"[^>]* tabindex="-1"[^>]* autofocus/)
  expect(html).toContain('Popraw błędy')
  expect(errorOf(errors, 'firstName')).toBe('Wpisz imię')
})

test('there is no error summary without mistakes', () => {
  expect(renderToString(<ErrorSummary t={t} errors={[]} />)).toBe('')
})

test('a field with a mistake says so to those who do not see the red', () => {
  const html = renderToString(
    <Field t={t} name="phone" label="Telefon" hint="Wyślemy SMS" error="Wpisz numer" value="6" />,
  )
  expect(html).toContain('<label for="phone">Telefon</label>')
  expect(html).toContain('aria-describedby="phone-h phone-e"')
  expect(html).toContain('aria-invalid="true"')
  expect(html).toContain('<span class="hide">Błąd: </span>Wpisz numer')
})

test('what a person typed comes back as text, never as markup', () => {
  const typed = '"><img src=x onerror=alert(1)>'
  const html = renderToString(
    <>
      <Field t={t} name="firstName" label="Imię" value={typed} />
      <SummaryList t={t} rows={[{ term: 'Imię', value: typed, change: '/dane' }]} />
      <ErrorSummary t={t} errors={[{ field: 'firstName', text: typed }]} />
    </>,
  )
  expect(html).not.toContain('<img')
})

test('„Zmień” is read out with what it changes', () => {
  const html = renderToString(
    <SummaryList t={t} rows={[{ term: 'Termin', value: 'wtorek', change: '/termin' }]} />,
  )
  expect(html).toContain('<a href="/termin">Zmień<span class="hide">: termin</span></a>')
})

test('a box is never ticked beforehand', () => {
  const html = renderToString(<CheckCard id="a" name="a" value="2026-1" label="Zgadzam się" must />)
  expect(html).not.toContain('checked')
  expect(html).toContain('class="must"')
})

test('the number of the help line can be pressed inside a text', () => {
  const text = `Zadzwoń: ${testWords.phone} (codziennie).`
  expect(renderToString(<PhoneText language="pl" text={text} />)).toBe(
    `Zadzwoń: <a class="nowrap" href="tel:+48225601600">${testWords.phone}</a> (codziennie).`,
  )
  expect(renderToString(<PhoneText language="pl" text="Bez numeru <b>" />)).toBe('Bez numeru &lt;b>')
})

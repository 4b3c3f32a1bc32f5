import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { samplePassword } from '../../src/main/demo/sample-staff'
import { axeFindings } from '../support/axe'
import { launchBrowser } from '../support/plain-browser'
import { startTestProduct, type TestProduct } from '../support/test-product'
import { consentAndBook, fillData, halina, takeTime, words } from './citizen'
import { pictureOf } from './recordings'

let product: TestProduct
let browser: Browser
let page: Page

beforeAll(async () => {
  product = await startTestProduct(inject('postgresUrl'))
  browser = await launchBrowser()
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'pl-PL' })
  page = await context.newPage()
  await page.goto(`${product.url}/pracownik`)
  await page.locator('input[name=email]').fill('zofia.bak@example.org')
  await page.locator('input[name=password]').fill(samplePassword)
  await page.locator('form[action="/pracownik"] button').last().click()
  await page.waitForURL('**/pracownik/stan')
})
afterAll(async () => {
  await browser.close()
  await product.stop()
})

/** Nothing for axe to find, and no page that scrolls sideways on a phone. */
async function looksRight(name: string): Promise<void> {
  expect([name, await axeFindings(page)]).toEqual([name, []])
  await page.setViewportSize({ width: 360, height: 740 })
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  )
  expect([name, sideways]).toEqual([name, false])
  await page.setViewportSize({ width: 1366, height: 768 })
  await pictureOf(page, name)
}

const button = (name: string) => page.getByRole('button', { name, exact: true })
const figure = async (name: string) => page.locator(`[data-figure=${name}] dd`).innerText()

test('an administrator shortens a Tuesday: the preview names the visit that loses its desk, the client keeps it', async () => {
  const citizen = await (await browser.newContext()).newPage()
  await citizen.goto(`${product.url}/termin?temat=relief&oddzial=WAW2&od=2026-12-29`)
  await takeTime(citizen, words.pl, '09:00')
  await fillData(citizen, words.pl, halina)
  await consentAndBook(citizen, words.pl)
  await citizen.waitForURL('**/potwierdzenie')

  await page.goto(`${product.url}/pracownik/grafik?oddzial=WAW2&tydzien=2026-12-28`)
  await looksRight('week')
  const busy = page.locator('a.win[data-weekday="2"]', { hasText: '1 z 12 zajęte' })
  const desk = await busy.getAttribute('data-desk')
  await busy.click()
  await page.getByLabel('Od', { exact: true }).fill('nie')
  await button('Sprawdź zmianę').click()
  await looksRight('window-mistake')
  expect(await page.getByLabel('Od', { exact: true }).inputValue()).toBe('nie')
  await page.getByLabel('Od', { exact: true }).fill('11:35')
  await page.getByLabel('Przerwy').fill('')
  await page.getByLabel('Do (puste: na stałe)').fill('2026-12-29')
  await button('Sprawdź zmianę').click()
  expect([await figure('vanish'), await figure('touched')]).toEqual(['4', '1'])
  await page.getByRole('heading', { name: 'Te wizyty tracą stanowisko' }).waitFor()
  await looksRight('preview')
  await button('Zapisz zmianę').click()
  await page.getByText('1 wizyta wymaga nowego terminu').waitFor()
  await looksRight('week-saved')
  expect(await page.locator(`a.win[data-weekday="2"][data-desk="${desk}"]`).innerText()).toContain(
    '11:35–14:30',
  )
  await citizen.context().close()
})

test('a day off of the whole institution, with the holidays beside it, is entered and taken back', async () => {
  await page.goto(`${product.url}/pracownik/grafik/wolne?oddzial=WAW2`)
  await page.getByText('Wigilia Bożego Narodzenia').waitFor()
  await looksRight('closures')
  await page.getByLabel('Kogo dotyczy').selectOption('wszystkie')
  await page.getByLabel('Pierwszy dzień').fill('2027-01-04')
  await page.getByLabel('Powód').fill('przegląd budynków')
  await button('Sprawdź zmianę').click()
  expect(Number(await figure('vanish'))).toBeGreaterThan(1500)
  await looksRight('preview-all')
  await button('Zapisz zmianę').click()
  await page.getByText('Zapisane').waitFor()
  await looksRight('closures-saved')
  await page.goto(`${product.url}/pracownik/grafik?oddzial=WAW2&tydzien=2027-01-04`)
  await page.getByText('przegląd budynków').waitFor()
  await looksRight('week-closed')
  await page.goto(`${product.url}/pracownik/grafik/wolne?oddzial=WAW2`)
  await page.getByRole('button', { name: /Usuń.*przegląd budynków/ }).click()
  await button('Zapisz zmianę').click()
  await page.getByText('Nie ma wpisanych dni wolnych.').waitFor()
})

test('a topic that is led by country takes a client from Germany to Opole', async () => {
  await page.goto(`${product.url}/pracownik/ustawienia/tematy/nowy`)
  await button('Zapisz').click()
  await looksRight('topic-mistakes')
  await page.getByLabel('Kod', { exact: true }).fill('foreign-pensions')
  await page.getByLabel('Stanowiska').selectOption('pensions')
  await page.getByLabel('Droga do oddziału').selectOption('country')
  await page.getByLabel('Nagrywanie').selectOption('never')
  for (const language of ['pl', 'en', 'uk']) {
    await page.locator(`#nazwa-${language}`).fill('Emerytury zagraniczne')
    await page.locator(`#opis-${language}`).fill('Praca za granicą')
    await page.locator(`#lista-${language}`).fill('dokument tożsamości')
  }
  await button('Zapisz').click()
  await page.getByText('Zapisane').waitFor()
  await looksRight('topic')

  const citizen = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
  await citizen.goto(`${product.url}/temat`)
  await citizen.getByLabel('Emerytury zagraniczne').check({ force: true })
  await citizen.getByRole('button', { name: 'Dalej' }).click()
  await citizen.getByRole('heading', { name: 'Z którym krajem wiąże się Twoja sprawa?' }).waitFor()
  await citizen.getByRole('button', { name: 'Dalej' }).click()
  await citizen.getByRole('link', { name: 'Wybierz kraj' }).waitFor()
  await citizen.getByLabel('Kraj ubezpieczenia').selectOption('Niemcy')
  await citizen.getByRole('button', { name: 'Dalej' }).click()
  await citizen.getByRole('heading', { name: 'Oddział w Opolu' }).waitFor()
  await citizen.getByRole('link', { name: 'Pokaż wolne terminy' }).click()
  await takeTime(citizen, words.pl)
  // Another look at the branch, and the country is still known
  await citizen.getByRole('link', { name: /^Zmień.*kraj ubezpieczenia/ }).click()
  await citizen.getByRole('button', { name: 'Dalej' }).click()
  await citizen.getByRole('heading', { name: 'Oddział w Opolu' }).waitFor()
  await citizen.getByRole('link', { name: 'Pokaż wolne terminy' }).click()
  await takeTime(citizen, words.pl)
  await fillData(citizen, words.pl, { ...halina, phone: '602 345 678', email: 'inna@example.org' })
  // Not recorded: one consent is asked for
  expect(await citizen.locator('input[type=checkbox]').count()).toBe(1)
  await citizen.getByLabel(words.pl.privacy).check({ force: true })
  await citizen.getByRole('button', { name: 'Rezerwuję' }).click()
  await citizen.waitForURL('**/potwierdzenie')
  const led = product.services.db.selectFrom('visit').select('country').where('country', 'is not', null)
  expect(await led.execute()).toEqual([{ country: 'DE' }])
  await citizen.context().close()
})

test.each([
  ['settings', ''],
  ['branches', '/oddzialy'],
  ['branch', '/oddzialy/WAW2'],
  ['branch-new', '/oddzialy/nowy'],
  ['topics', '/tematy'],
  ['countries', '/kraje'],
  ['rules', '/zasady-rezerwacji'],
  ['certificates', '/zaswiadczenia'],
  ['certificate', '/zaswiadczenia/nowy'],
])('the page %s can be used by everybody', async (name, path) => {
  await page.goto(`${product.url}/pracownik/ustawienia${path}`)
  await looksRight(name)
})

test('a supervisor closes the desk of an absent colleague by keyboard alone', async () => {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'pl-PL' })
  const own = await context.newPage()
  await own.goto(`${product.url}/pracownik`)
  await own.locator('input[name=email]').fill('jan.lis@example.org')
  await own.locator('input[name=password]').fill(samplePassword)
  await own.locator('form[action="/pracownik"] button').last().click()
  await own.waitForURL('**/pracownik/dzien')
  await own.goto(`${product.url}/pracownik/grafik`)
  await own.getByRole('link', { name: 'Stanowisko pokazowe 1', exact: true }).focus()
  await own.keyboard.press('Enter')
  await own.getByRole('button', { name: 'Zamknij stanowisko' }).focus()
  await own.keyboard.press('Enter')
  await own.getByRole('button', { name: 'Zapisz zmianę' }).focus()
  await own.keyboard.press('Enter')
  await own.getByText('nieczynne').waitFor()
  expect(await own.locator('nav a[href="/pracownik/ustawienia"]').count()).toBe(0)
  await context.close()
})

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { samplePassword } from '../../src/main/demo/sample-staff'
import { axeFindings } from '../support/axe'
import { launchBrowser } from '../support/plain-browser'
import { startTestProduct, type TestProduct } from '../support/test-product'

/** Machines have folders like this one, and the operations page names them. */
const longPath = '/srv/afolderwhosenameislongerthanaphoneiswideandhasnoplacetobreak'

let product: TestProduct
let browser: Browser
let page: Page

beforeAll(async () => {
  product = await startTestProduct(inject('postgresUrl'), { environment: { DATA_DIR: longPath } })
  browser = await launchBrowser()
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'pl-PL',
  })
  page = await context.newPage()
  await page.goto(`${product.url}/pracownik`)
  await page.locator('input[name=email]').fill('zofia.bak@example.org')
  await page.locator('input[name=password]').fill(samplePassword)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/pracownik/stan')
})
afterAll(async () => {
  await browser.close()
  await product.stop()
})

/** Nothing hangs over the page's edge, at the sizes that people have. */
async function looksRight() {
  expect(await axeFindings(page)).toEqual([])
  for (const width of [360, 1920, 1366]) {
    await page.setViewportSize({ width, height: 768 })
    const fits = await page.evaluate(
      () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
    )
    expect(fits, `${page.url()} at ${width}`).toBe(true)
  }
}
const field = (name: string) => page.locator(`[id="${name}"]`)

test('an administrator reads what is to be done, and goes from there to where it is done', async () => {
  await looksRight()
  expect(
    await page
      .locator('[data-operations=troubled]')
      .getByRole('link', { name: 'Kopie zapasowe i klucze' })
      .count(),
  ).toBe(1)
  await page.getByRole('link', { name: 'Dane, które widzą klienci' }).click()
  await page.getByRole('link', { name: 'Administrator danych i inspektor' }).click()
  await page.waitForURL('**/ustawienia/instytucja')
  await looksRight()
})

test('and fills in the declaration: a mistake leads to its field, and what is saved is what citizens read', async () => {
  await page.getByRole('link', { name: 'Ustawienia' }).first().click()
  await looksRight()
  await page.getByRole('link', { name: 'Deklaracja dostępności' }).click()
  await page.waitForURL('**/ustawienia/dostepnosc')
  await looksRight()

  for (const language of ['pl', 'en', 'uk']) {
    await field(`values.person.${language}`).fill('Zespół dostępności')
    await field(`values.email.${language}`).fill('dostepnosc@zus.pl')
  }
  await field('values.email.en').fill('zus.pl')
  await page.getByRole('button', { name: 'Zapisz' }).click()
  await page.getByRole('alert').waitFor()
  expect(await page.title()).toMatch(/^Błąd: /)
  await looksRight()
  await page.getByRole('alert').getByRole('link').click()
  expect(new URL(page.url()).hash).toBe('#values.email.en')
  expect(await field('values.person.pl').inputValue()).toBe('Zespół dostępności')
  await field('values.email.en').fill('accessibility@zus.pl')
  await field('values.email.en').press('Enter')
  await page.getByText('Zapisane. Zmiana jest już widoczna dla klientów.').waitFor()

  await page.goto(`${product.url}/en/dostepnosc`)
  expect(await page.locator('#a11y-email').getAttribute('href')).toBe('mailto:accessibility@zus.pl')
  expect(await axeFindings(page)).toEqual([])
})

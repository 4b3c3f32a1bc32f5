import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { axeFindings } from '../support/axe'
import { launchBrowser } from '../support/plain-browser'
import { addVisits } from '../support/sample-visits'
import { startTestProduct, type TestProduct } from '../support/test-product'
import { administrator } from './administration'
import { pictureOf } from './recordings'

let product: TestProduct
let browser: Browser
let page: Page

beforeAll(async () => {
  product = await startTestProduct(inject('postgresUrl'))
  browser = await launchBrowser()
  page = await administrator(browser, product.url)
})
afterAll(async () => {
  await browser.close()
  await product.stop()
})

/** As it is: nothing for axe to find, nothing over the page's edge even on a phone. */
async function isSound(name: string): Promise<void> {
  expect(await axeFindings(page), name).toEqual([])
  await pictureOf(page, name)
  await page.setViewportSize({ width: 360, height: 740 })
  const fits = await page.evaluate(
    () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
  )
  expect(fits, `${name} at 360 px`).toBe(true)
  await page.setViewportSize({ width: 1366, height: 768 })
}

const upload = async (content: string) => {
  await page.getByLabel('Plik CSV lub TSV').setInputFiles({
    name: 'obszary.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(content),
  })
  await page.getByRole('button', { name: 'Sprawdź plik bez zapisywania' }).click()
  await page.getByRole('heading', { level: 1, name: 'Sprawdzenie obszarów' }).waitFor()
}
const testCode = async (code: string) => {
  await page.getByLabel('Kod pocztowy').fill(code)
  await page.getByRole('button', { name: 'Sprawdź', exact: true }).click()
  return page.locator('#kod-wynik').innerText()
}

test('an administrator reads in a file of areas with errors, mends it, applies it, tests a code, and goes back', async () => {
  await page.getByRole('link', { name: 'Ustawienia' }).click()
  await page.getByRole('link', { name: 'Obszary kodów' }).click()
  await isSound('areas')
  expect(await testCode('02-758')).toContain('III Oddział w Warszawie')
  await isSound('areas-code')

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Pobierz CSV' }).click(),
  ])
  const exported = await (await download.createReadStream()).toArray()
  const lines = Buffer.concat(exported as Buffer[])
    .toString('utf8')
    .split('\r\n')
  const moved = lines.map((line) => (line.startsWith('02;') ? '02;WAW1;' : line))
  await upload([...moved, '99-9x9;WAW1;', '98;Oddział w Atlantydzie;', '=1+1;WAW1;'].join('\r\n'))
  await isSound('areas-errors')
  expect(await page.locator('[data-problem]').count()).toBe(3)
  expect(await page.getByRole('button', { name: 'Zatwierdź nowe obszary' }).count()).toBe(0)

  await page.getByRole('link', { name: 'Obszary kodów' }).click()
  await upload(moved.join('\r\n'))
  await isSound('areas-good')
  await page.getByRole('button', { name: 'Zatwierdź nowe obszary' }).click()
  await page.getByRole('heading', { level: 1, name: 'Wersja 2' }).waitFor()
  await isSound('areas-version')
  await page.getByRole('link', { name: 'Obszary kodów' }).click()
  expect(await testCode('02-758')).toContain('I Oddział w Warszawie')

  await page.getByRole('link', { name: 'Pokaż różnice: Wersja 1' }).click()
  await page.getByRole('button', { name: 'Przywróć tę wersję' }).click()
  await page.getByRole('button', { name: 'Zatwierdź nowe obszary' }).click()
  await page.getByRole('heading', { level: 1, name: 'Wersja 3' }).waitFor()
  await page.getByRole('link', { name: 'Obszary kodów' }).click()
  expect(await testCode('02-758')).toContain('III Oddział w Warszawie')
})

test('a changed SMS text is what the client reads the day before the visit', async () => {
  await page.goto(`${product.url}/pracownik/ustawienia/teksty`)
  await isSound('texts')
  await page.getByRole('link', { name: 'Zmień: Przypomnienie dzień przed wizytą, Polski' }).click()
  await isSound('texts-sms')
  const wording = page.getByLabel('Treść SMS-a')
  await wording.fill('{inst}: jutro {date} o {time} rozmawiamy. Zażółć {nazwisko}')
  await page.getByRole('button', { name: 'Zapisz nową wersję' }).click()
  await isSound('texts-sms-errors')
  expect(await page.getByRole('alert').innerText()).toContain('{nazwisko}')

  // It is counted while somebody types, and said aloud when the number of parts is another one
  const counter = page.locator('#licznik')
  const said = page.locator('[data-sms-counter] [role=status]')
  expect(await counter.innerText()).toContain('policzymy w\u00A0podglądzie')
  await wording.fill('{inst}: jutro {date} o {time} rozmawiamy przez internet. Nr {number}. Zażółć')
  expect(await counter.innerText()).toMatch(/\(UCS-2\), części: 2[.]/)
  await said.filter({ hasText: 'części: 2' }).waitFor({ state: 'attached' })
  await isSound('texts-sms-typed')
  await wording.fill('{inst}: jutro {date} o {time} rozmawiamy przez internet. Nr {number}. Tel. {smsPhone}')
  expect(await counter.innerText()).toContain('(GSM-7), części: 1')
  await said.filter({ hasText: 'części: 1' }).waitFor({ state: 'attached' })
  await page.getByRole('button', { name: 'Pokaż podgląd' }).click()
  expect(await counter.innerText()).toBe('Najdłuższy SMS: 95 z\u00A0160 znaków (GSM-7), części: 1')
  await isSound('texts-sms-preview')
  await page.getByRole('button', { name: 'Zapisz nową wersję' }).click()
  await page.getByText('Zapisane jako wersja 1.').waitFor()
  await isSound('texts-sms-saved')

  const { db, keys, queue } = product.services
  const now = product.clock.now()
  const tomorrow = { startsAt: new Date(now.getTime() + 26 * 3_600_000), email: 'halina@example.org' }
  const [visit] = await addVisits(db, keys, now, [tomorrow])
  if (!visit) throw new Error('No visit was added')
  await db.transaction().execute((tx) => queue.visitBooked(tx, visit))
  product.clock.advance({ minutes: 120 })
  await product.messagesSent()
  await page.goto(`${product.url}/skrzynka`)
  await page.getByText('rozmawiamy przez internet').first().waitFor()
})

test('every page of texts is sound', async () => {
  page = await administrator(browser, product.url)
  for (const [name, path] of [
    ['texts-email', 'wiadomosc/email.booked/pl'],
    ['texts-email-uk', 'wiadomosc/email.summary/uk'],
    ['texts-legal', 'prawne/privacy'],
    ['texts-version', 'wiadomosc/sms.reminder.tomorrow/pl/wersja/1'],
    ['texts-institution', 'instytucja'],
  ] as const) {
    await page.goto(`${product.url}/pracownik/ustawienia/teksty/${path}`)
    await isSound(name)
  }
  await page.goto(`${product.url}/pracownik/ustawienia/teksty/prawne/recording`)
  await page.getByRole('button', { name: 'Pokaż podgląd' }).click()
  await isSound('texts-legal-preview')
  await page.locator('#tresc-pl').fill('Bez wersji')
  await page.getByRole('button', { name: 'Opublikuj nową wersję' }).click()
  await isSound('texts-legal-errors')
})

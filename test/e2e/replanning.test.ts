import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { instantAt } from '../../src/platform/zone'
import { axeFindings } from '../support/axe'
import { bookInProduct } from '../support/book-in-product'
import { launchBrowser } from '../support/plain-browser'
import { startTestProduct, type TestProduct } from '../support/test-product'
import { somebody } from '../support/world'
import { emailTo, smsTo } from './mailbox'
import { pictureOf, signedInForRecordings } from './recordings'

let product: TestProduct
let browser: Browser
let page: Page
const day = '2026-12-23'
const at = (time: string) => instantAt(day, time, 'Europe/Warsaw')

beforeAll(async () => {
  product = await startTestProduct(inject('postgresUrl'))
  browser = await launchBrowser()
  page = await signedInForRecordings(browser, product, 'jan.lis@example.org')
})
afterAll(async () => {
  await browser.close()
  await product.stop()
})

/** Two at 9:10, so that both desks are taken then; the others alone at their time. */
const bookedDay = async () => {
  const people = [
    ['Halina', 'Żółć-Wiśniewska', '09:10'],
    ['Jan', 'Kos', '09:10'],
    ['Maria', 'Nowak', '10:00'],
    ['Oksana', 'Bondar', '11:15'],
  ] as const
  const visits = []
  for (const [firstName, lastName, time] of people)
    visits.push(
      await bookInProduct(product.services, {
        ...{ branch: 'POKAZ', topic: 'benefits', startsAt: at(time) },
        person: somebody({ firstName, lastName }),
      }),
    )
  await product.messagesSent()
  return visits
}

const replanning = () => page.goto(`${product.url}/pracownik/przeplanowanie`)
const status = () => page.locator('.replan-runs li').first()
const statusText = async () => (await status().textContent())?.replaceAll('\u00a0', ' ')
const rows = () => page.locator('.replan-list tbody tr')
const rowOf = (name: string) => rows().filter({ hasText: name })
const doAll = () => page.getByRole('button', { name: 'Wykonaj wszystkie' }).click()
const undo = () => page.getByRole('button', { name: 'Cofnij' }).click()
const sound = async (name: string) => {
  await pictureOf(page, name)
  expect(await axeFindings(page)).toEqual([])
  const fits = () =>
    page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
  await page.setViewportSize({ width: 360, height: 740 })
  expect(await fits()).toBe(true)
  await page.setViewportSize({ width: 1366, height: 768 })
  expect(await fits()).toBe(true)
}

test('a supervisor reports an absence, gives every client a time with one button, thinks better of it, and does it again', async () => {
  const visits = await bookedDay()

  // What an absence would do is said before it is reported
  await page.goto(`${product.url}/pracownik/wizyty`)
  await page.getByRole('link', { name: 'Przeplanowanie wizyt' }).click()
  await sound('nothing')
  await page.getByText('Zgłoś nieobecność albo zamknięcie').click()
  await page.getByLabel('Kogo nie ma').selectOption('Stanowisko pokazowe 1')
  await page.getByLabel('Od dnia').fill(day)
  await page.getByLabel('Od godziny').fill('13:00')
  await page.getByLabel('Do godziny').fill('12:00')
  await page.getByRole('button', { name: 'Sprawdź skutki' }).click()
  await expect.poll(() => page.locator('[role=alert]').textContent()).toContain('po\u00a0godzinie początku')
  await sound('mistake')
  await page.getByLabel('Od godziny').fill('')
  await page.getByRole('button', { name: 'Sprawdź skutki' }).click()
  await expect.poll(() => page.locator('[role=status] form').textContent()).toMatch(/[1-4] wizyt/)
  await sound('preview')
  await page.locator('[role=status] form button').click()

  // The day says that there is something to do
  await page.waitForURL(/oddzial=POKAZ$/)
  const touched = await rows().count()
  expect(touched).toBeGreaterThan(0)
  await page.goto(`${product.url}/pracownik/dzien`)
  await sound('day')
  await page.getByRole('link', { name: /wymaga/ }).click()
  await sound('list')

  // One client is to choose, one visit is left alone for now
  const names = await rows().locator('.who').allTextContents()
  const chooser = visits.find(({ person }) => names.includes(`${person.firstName} ${person.lastName}`))
  const chooserName = `${chooser?.person.firstName} ${chooser?.person.lastName}`
  await rowOf(chooserName).locator('select').selectOption('Klient wybierze termin')
  await doAll()
  await expect.poll(statusText).toContain('1 do wyboru przez klienta')
  expect(await statusText()).toContain('Możesz to cofnąć do 09:05')
  await sound('done')

  // Undone before anybody was told
  await undo()
  await expect.poll(statusText).toMatch(/cofnięt/)
  expect(await rows().count()).toBe(touched)
  await sound('undone')
  product.clock.advance({ minutes: 10 })
  await product.messagesSent()
  for (const { person } of visits) {
    expect((await emailTo(product, person.email)).subject).toMatch(/^E-wizyta w/)
    expect(await smsTo(product, person.phone)).toEqual([])
  }

  // And again: this time it stands, and the client is told by e-mail and SMS
  await replanning()
  await rowOf(chooserName).locator('select').selectOption('Klient wybierze termin')
  await doAll()
  await expect.poll(statusText).toContain('1 do wyboru przez klienta')
  product.clock.advance({ minutes: 5 })
  await product.messagesSent()
  await page.reload()
  await expect.poll(statusText).toContain('Klienci są powiadomieni')
  expect(await page.getByRole('button', { name: 'Cofnij' }).count()).toBe(0)
  await sound('told')
  const email = await emailTo(product, chooser?.person.email ?? '')
  expect(email.subject).toContain('Wybierz nowy termin')
  expect(email.text).toContain('nieobecność pracowników')
  expect(await smsTo(product, chooser?.person.phone ?? '')).toHaveLength(1)

  // The client follows the link and chooses
  const link = /https?:\S+\/wizyta\/\S+\/termin/.exec(email.text)?.[0] ?? ''
  const phone = await (
    await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'pl-PL' })
  ).newPage()
  await phone.goto(link)
  expect(await phone.locator('.note-warn').textContent()).toContain('musi się zmienić')
  expect(await axeFindings(phone)).toEqual([])
  await phone.locator('input[name=start]:not(:disabled)').first().check()
  await phone.locator('main form[method=get] button').last().click()
  await phone.locator('main form[method=post] button').first().click()
  await phone.waitForURL(/gotowe=moved/)
  expect(await phone.locator('.note-warn').count()).toBe(0)
  await replanning()
  expect(await rowOf(chooserName).count()).toBe(0)
})

test('a branch that is closed: its visits get other days, a single one is cancelled, and the closure is taken back', async () => {
  await page.goto(
    `${product.url}/pracownik/przeplanowanie?oddzial=POKAZ&stanowisko=&od_dnia=${day}&do_dnia=&od=&do=`,
  )
  await page.locator('[role=status] form button').click()
  await page.waitForURL(/oddzial=POKAZ$/)
  const before = await rows().count()
  expect(before).toBeGreaterThan(0)
  const [number = ''] = await rows().first().locator('a').allTextContents()
  await rows().first().locator('select').selectOption('anuluj')
  await page.getByRole('button', { name: `Wykonaj: ${number}` }).click()
  await expect.poll(() => rows().count()).toBe(before - 1)
  await expect.poll(statusText).toContain('1 anulowana')

  await page.getByText('Zgłoś nieobecność albo zamknięcie').click()
  await page.getByRole('button', { name: /Odwołaj: Cały oddział/ }).click()
  await expect.poll(() => rows().count()).toBe(0)
})

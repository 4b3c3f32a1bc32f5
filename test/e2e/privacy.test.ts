import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { samplePassword } from '../../src/main/demo/sample-staff'
import { insertChatMessage } from '../../src/visit/chat-store'
import { axeFindings } from '../support/axe'
import { dumpOf, readable } from '../support/database-dump'
import { makeRecording } from '../support/finalised-recording'
import { launchBrowser } from '../support/plain-browser'
import { addVisits } from '../support/sample-visits'
import { startTestProduct, type TestProduct } from '../support/test-product'
import { unzipped } from '../support/unzip'
import { pictureOf } from './recordings'

let product: TestProduct
let browser: Browser
let ids: string[]

const client = { email: 'halina.rodo@example.org', phone: '+48601987123' }

beforeAll(async () => {
  product = await startTestProduct(inject('postgresUrl'))
  browser = await launchBrowser()
  const { db, keys, clock } = product.services
  const now = clock.now()
  const day = 86_400_000
  const visits = await addVisits(
    db,
    keys,
    now,
    [-1, -2, 3].map((days) => ({ ...client, startsAt: new Date(now.getTime() + days * day) })),
  )
  ids = visits.map(({ id }) => id)
  const past = ids.slice(0, 2)
  await db.updateTable('visit').set({ state: 'completed' }).where('id', 'in', past).execute()
  const labels = { privacy: 'consent.privacy.consent.label', recording: 'consent.recording.required.label' }
  const consents = Object.entries(labels).flatMap(([kind, label]) =>
    ids.map((id) => ({ visit_id: id, kind, version: '2026-1', label, language: 'pl', given_at: now })),
  )
  await db.insertInto('consent').values(consents).execute()
  const chat = { position: 1, author: 'client', text: 'Halina pyta o zasiłek', now } as const
  await db.transaction().execute(async (tx) => {
    await insertChatMessage(tx, { ...chat, id: crypto.randomUUID(), visitId: ids[0] ?? '' }, keys)
  })
  await makeRecording(product.services, { visitId: ids[0] ?? '', now, keptDays: 1825 })
})
afterAll(async () => {
  await browser.close()
  await product.stop()
})

async function signedIn(email: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'pl-PL' })
  const page = await context.newPage()
  await page.goto(`${product.url}/pracownik`)
  await page.locator('input[name=email]').fill(email)
  await page.locator('input[name=password]').fill(samplePassword)
  await page.locator('form[action="/pracownik"] button').last().click()
  await page.waitForURL(/\/pracownik\/(dzien|nagrania|stan|wiadomosci|statystyki)/)
  return page
}
/** Nothing hangs over the page's edge, on a phone either. */
async function looksRight(page: Page, name: string): Promise<void> {
  expect(await axeFindings(page), name).toEqual([])
  await pictureOf(page, name)
  await page.setViewportSize({ width: 360, height: 740 })
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
    name,
  ).toBe(true)
  await page.setViewportSize({ width: 1366, height: 768 })
}

test('an inspector finds a person, hands their data over and erases them; nothing of them is left', async () => {
  const page = await signedIn('adam.rys@example.org')
  await page.getByRole('link', { name: 'Dane osób' }).click()
  await looksRight(page, 'person-search')
  await page.getByLabel('Telefon, e-mail albo numer wizyty').fill('601 987 124')
  await page.getByLabel('Dlaczego szukasz danych tej osoby?').fill('Wniosek RODO.12.2026')
  await page.getByRole('button', { name: 'Znajdź' }).click()
  expect(await page.getByRole('alert').textContent()).toContain('Nie ma wizyt')
  await looksRight(page, 'person-nobody')
  await page.getByLabel('Telefon, e-mail albo numer wizyty').fill('601 987 123')
  await page.keyboard.press('Enter')
  await page.waitForURL(/dane-osob\/[0-9a-f-]{36}$/)
  expect(page.url()).not.toContain('601')
  const address = page.url()
  expect(await page.locator('#wybor tbody tr').count()).toBe(3)
  await page.locator('details summary').nth(1).click()
  expect(await page.getByText('Halina pyta o zasiłek').isVisible()).toBe(true)
  await looksRight(page, 'person')

  await page.getByRole('link', { name: 'Pokaż treść zgód' }).first().click()
  expect(await page.getByRole('heading', { name: 'Jak przetwarzamy Twoje dane osobowe' }).isVisible()).toBe(
    true,
  )
  await looksRight(page, 'consents')
  await page.goto(address)

  await page.getByRole('button', { name: 'Przygotuj paczkę z danymi' }).click()
  await page.getByRole('status').waitFor()
  await looksRight(page, 'package-ready')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Pobierz paczkę' }).click(),
  ])
  const files = unzipped(await readFile(await download.path()))
  expect(JSON.parse(files['dane.json'] ?? '')).toMatchObject({ visits: [{}, { client }, {}] })
  expect(files['dane.html']).toContain('Halina pyta')
  await page.goto(address)
  expect(await page.getByRole('button', { name: 'Pobierz paczkę' }).count()).toBe(0)

  // The visit to come is cancelled first
  await page.getByRole('button', { name: /^Odwołaj wizytę/ }).click()
  await page.getByText('anulowana przez klienta').waitFor()
  await page.getByRole('button', { name: 'Usuń dane…' }).click()
  await page.waitForURL(/\/usun\?/)
  await looksRight(page, 'erase')
  await page.getByLabel('Podstawa (art. 17 ust. 1 RODO)').selectOption('withdrawn')
  await page.getByLabel('Powód i znak sprawy').fill('Halina cofnęła zgodę')
  await page.getByLabel('Wiem, że tych danych nie da się odzyskać.').check()
  await page.getByRole('button', { name: 'Usuń dane na zawsze' }).click()
  expect(await page.getByRole('alert').textContent()).toMatch(/W\spowodzie są dane tej osoby/)
  await looksRight(page, 'erase-named')
  await page.getByLabel('Powód i znak sprawy').fill('Cofnięta zgoda, RODO.12.2026')
  await page.getByLabel('Wiem, że tych danych nie da się odzyskać.').check()
  await page.getByRole('button', { name: 'Usuń dane na zawsze' }).click()
  await page.getByText('Dane są usunięte').waitFor()
  expect(await page.locator('#wybor .who').allTextContents()).toEqual(Array(3).fill('dane usunięte'))
  await looksRight(page, 'person-erased')
  const { pool } = product.services
  const query = async <Row>(text: string) => (await pool.query(text)).rows as Row[]
  expect(readable(await dumpOf({ query }), ['601987123', 'halina.rodo', 'Wiśniewska'])).toEqual([])
  await page.getByRole('link', { name: 'Dane osób' }).click()
  expect(await page.getByText('usunięto dane wizyt: 3').isVisible()).toBe(true)
  await looksRight(page, 'person-cases')
  await page.context().close()
})

test('an administrator sees how long data are kept, counts what would go, and the clause promises what is saved', async () => {
  const page = await signedIn('zofia.bak@example.org')
  await page.goto(`${product.url}/pracownik/ustawienia`)
  await page.getByRole('link', { name: 'Czas przechowywania' }).click()
  await looksRight(page, 'retention')
  await page.getByLabel('Dni: Czat').fill('rok')
  await page.getByRole('button', { name: 'Zapisz' }).click()
  expect(await page.getByRole('alert').textContent()).toContain('Popraw okresy')
  await looksRight(page, 'retention-wrong')
  await page.getByLabel('Dni: Czat').fill('180')
  await page.getByRole('button', { name: 'Policz, co by zniknęło' }).click()
  expect(await page.getByRole('status').textContent()).toContain('Nic jeszcze nie zapisano')
  await looksRight(page, 'retention-counted')
  await page.getByRole('button', { name: 'Zapisz' }).click()
  expect(await page.getByRole('status').textContent()).toMatch(/nowe wersje z\stymi okresami/)
  await page.goto(`${product.url}/dane-osobowe`)
  expect(await page.locator('main').textContent()).toContain('czat: 180 dni')
  await page.context().close()
})

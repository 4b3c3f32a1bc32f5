import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Browser, Download, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { sealClient } from '../../src/message/sealed-client'
import { samplePassword } from '../../src/main/demo/sample-staff'
import type { Db } from '../../src/platform/db'
import { addDays, type Day, dayOf, instantAt } from '../../src/platform/zone'
import { axeFindings } from '../support/axe'
import { addCountedVisits, type CountedVisit } from '../support/counted-visits'
import { launchBrowser } from '../support/plain-browser'
import { startTestProduct, type TestProduct } from '../support/test-product'
import { somebody } from '../support/world'
import { pictureOf } from './recordings'

let product: TestProduct
let browser: Browser

/** Three months of a branch, the same each time: nothing here is random. */
async function addQuarter({ services, clock }: TestProduct, branchId: number): Promise<void> {
  const { timeZone } = services.directory.institution
  const topics = services.directory.topics.map(({ id }) => id)
  const today = dayOf(clock.now(), timeZone)
  const ends = [
    { state: 'completed' },
    { state: 'completed' },
    { state: 'completed' },
    { state: 'completed' },
    { state: 'completed' },
    { state: 'cancelled', reason: 'client' },
    { state: 'completed' },
    { state: 'missed', reason: 'client' },
    { state: 'ended_early', reason: 'poor_connection' },
    { state: 'completed' },
    { state: 'ended_early', reason: 'client_left' },
    { state: 'completed' },
    { state: 'cancelled', reason: 'institution' },
  ] as const
  const visits: CountedVisit[] = []
  for (let back = 1; back <= 150; back++)
    for (let n = 0; n < 2 + ((back * 7) % 5); n++) {
      const startsAt = instantAt(
        addDays(today, -back),
        ['09:00', '10:15', '11:35', '12:50', '13:40', '14:05'][n % 6] ?? '09:00',
        timeZone,
      )
      if ([0, 6].includes(startsAt.getUTCDay())) continue
      const seed = back * 3 + n * 5
      const came = -8 + (seed % 11)
      const began = Math.max(0, came) + ((seed * 3) % 7) + (seed % 9 === 0 ? 9 : 0)
      visits.push({
        ...{ branchId, startsAt, came, began, ended: began + 9 + (seed % 17) },
        topicId: topics[(seed * seed) % topics.length] ?? 0,
        ...(ends[seed % ends.length] ?? { state: 'completed' }),
      })
    }
  await addCountedVisits(services.db, visits)
  await addUntakenSeats(services.db, { branchId, today, timeZone })
  for (const [n, area] of ['043', '043', '039', '050', '', '039'].entries())
    await services.db
      .insertInto('unmet_search')
      .values({
        ...{ day: addDays(today, -1 - n), branch_id: branchId, area },
        topic_id: topics[n % 3] ?? 0,
        searches: 30 - 4 * n,
      })
      .execute()
  for (const [n, score] of [5, 5, 4, 3, 5, 1, 4, 5].entries())
    await services.db
      .insertInto('rating')
      .values({
        ...{ id: crypto.randomUUID(), branch_id: branchId, score },
        topic_id: topics[0] ?? 0,
        week: addDays(today, -7 - (n % 3)),
        settled: n % 4 === 0 ? 'partly' : 'yes',
      })
      .execute()
}

/** Seats of these months that nobody took: mornings are fuller than afternoons, weekends closed. */
async function addUntakenSeats(
  db: Db,
  { branchId, today, timeZone }: { branchId: number; today: Day; timeZone: string },
): Promise<void> {
  await sql`
    with untaken as (insert into desk (branch_id, name) values (${branchId}, 'wolne') returning id)
    insert into seat (desk_id, branch_id, starts_at, ends_at)
    select untaken.id, ${branchId}, start.at, start.at + interval '20 minutes'
    from untaken, generate_series(1, 150) as back, unnest(array[545, 640, 700, 725, 770, 830, 855]) as minute,
      lateral (
        select (${today}::date - back + make_interval(mins => minute)) at time zone ${timeZone}::text as at
      ) as start
    where extract(isodow from ${today}::date - back) < 6 and (back + minute) % 3 > 0`.execute(db)
}

beforeAll(async () => {
  product = await startTestProduct(inject('postgresUrl'))
  browser = await launchBrowser()
  await addQuarter(product, product.services.directory.branchByCode('POKAZ')?.id ?? 0)
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
  await page.waitForURL(/\/pracownik\/\w+/)
  return page
}
const rail = (page: Page, name: string) => page.locator('.rail nav').getByRole('link', { name }).click()
const fileOf = async (page: Page, press: () => Promise<void>): Promise<{ name: string; text: string }> => {
  const [download] = await Promise.all([page.waitForEvent('download'), press()])
  return { name: download.suggestedFilename(), text: await textOf(download) }
}
const textOf = async (download: Download): Promise<string> => readFile(await download.path(), 'utf8')
/** Nothing hangs over the page's edge. */
const fits = async (page: Page, width: number): Promise<boolean> => {
  await page.setViewportSize({ width, height: 740 })
  const fit = await page.evaluate(
    () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
  )
  await page.setViewportSize({ width: 1366, height: 768 })
  return fit
}

test('a supervisor reads the quarter, opens the table behind a chart and takes it along', async () => {
  const page = await signedIn('jan.lis@example.org')
  await rail(page, 'Statystyki')
  await page.getByRole('link', { name: 'Kwartał' }).click()
  await pictureOf(page, 'statistics')
  expect(await axeFindings(page)).toEqual([])
  expect(await fits(page, 360)).toBe(true)
  // One branch, which is the supervisor's: no other can be chosen
  expect(await page.getByLabel('Oddział', { exact: true }).count()).toBe(0)

  const weeks = page.locator('#wizyty')
  const finding = await weeks.getByRole('img').getAttribute('aria-label')
  await weeks.getByText('Pokaż liczby w tabeli').click()
  const rows = weeks.locator('tbody tr')
  const booked = (await rows.locator('td:nth-child(2)').allTextContents()).map(Number)
  const all = booked.reduce((sum, n) => sum + n, 0)
  expect(finding).toContain(`razem ${all}`)
  expect(await axeFindings(page)).toEqual([])
  await pictureOf(page, 'statistics-table')

  const { name, text } = await fileOf(page, () => weeks.getByRole('link', { name: /^Pobierz CSV/ }).click())
  expect(name).toMatch(/^wizyty-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d[.]csv$/)
  expect(text.startsWith('\uFEFFTydzień od;Umówione;')).toBe(true)
  const lines = text.trim().split('\r\n').slice(1)
  expect(lines.map((line) => Number(line.split(';')[1]))).toEqual(booked)

  // Half of the story: how many of the offered times were taken, in each week and on each weekday and hour
  const taken = page.locator('#terminy')
  expect(await taken.getByRole('img').getAttribute('aria-label')).toMatch(/zajęte \d+.% terminów/)
  await taken.getByText('Pokaż liczby w tabeli').click()
  const heat = page.locator('#oblozenie')
  expect(await heat.locator('tbody tr').first().textContent()).toMatch(/^poniedziałek.*\d+.%/)
  await taken.scrollIntoViewIfNeeded()
  await pictureOf(page, 'statistics-occupancy')
  await heat.getByText('Pokaż liczby w tabeli').click()
  expect(await axeFindings(page)).toEqual([])
  const seats = await fileOf(page, () => heat.getByRole('link', { name: /^Pobierz CSV/ }).click())
  const [head, monday] = seats.text.trim().split('\r\n')
  expect(head).toBe('Dzień i\u00A0godzina;Terminy oferowane;Zajęte;Obłożenie, %')
  const [when, offered, busy, share] = (monday ?? '').split(';')
  expect(when).toBe('poniedziałek 9:00')
  expect(Number(share)).toBe(Math.round((Number(busy) / Number(offered)) * 100))

  const daily = await fileOf(page, () =>
    page.locator('.bar-top').getByRole('link', { name: 'Pobierz CSV' }).click(),
  )
  const perDay = daily.text.trim().split('\r\n').slice(1)
  expect(perDay.reduce((sum, line) => sum + Number(line.split(';')[3]), 0)).toBe(all)

  await page.getByRole('link', { name: 'Poprzedni okres' }).click()
  await page.getByLabel('Temat', { exact: true }).selectOption({ index: 1 })
  await page.getByLabel('Od dnia').fill('2026-11-20')
  await page.getByLabel('Do dnia').fill('2026-11-02')
  await page.getByRole('button', { name: 'Pokaż' }).click()
  expect(await page.getByRole('alert').textContent()).toContain('Zamień je')
  expect(await page.locator('.charts').count()).toBe(0)
  expect(await axeFindings(page)).toEqual([])
  await pictureOf(page, 'statistics-error')
  await page.getByLabel('Od dnia').fill('2026-11-02')
  await page.getByLabel('Do dnia').fill('2026-11-20')
  await page.getByRole('button', { name: 'Pokaż' }).click()
  expect(await page.locator('.bar-top').textContent()).toContain('2 listopada 2026 – 20 listopada 2026')
  await pictureOf(page, 'statistics-days')
  await page.context().close()
})

test('an administrator sees all branches together and each by itself; a month without visits says so', async () => {
  const page = await signedIn('zofia.bak@example.org')
  await rail(page, 'Statystyki')
  await page.getByRole('link', { name: 'Rok' }).click()
  expect(await page.locator('#oddzialy tbody tr').count()).toBe(1)
  expect(await axeFindings(page)).toEqual([])
  await pictureOf(page, 'statistics-year')
  await page.goto(`${product.url}/pracownik/statystyki?okres=miesiac&od=2025-01-15`)
  expect(await page.locator('#wizyty').textContent()).toContain('nie ma wizyt.')
  expect(await axeFindings(page)).toEqual([])
  await pictureOf(page, 'statistics-none')
  await page.context().close()
})

test('an inspector finds who looked at a visit, takes the record along and has it verified', async () => {
  const officer = await signedIn('ewa.maj@example.org')
  const { db } = product.services
  const visit = await db
    .selectFrom('visit')
    .select(['id', 'number'])
    .orderBy('starts_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  await db
    .updateTable('visit')
    .set({ client: sealClient(product.services.keys, visit.id, somebody()) })
    .where('id', '=', visit.id)
    .execute()
  await officer.goto(`${product.url}/pracownik/wizyta/${visit.id}`)
  await officer.context().close()

  const page = await signedIn('adam.rys@example.org')
  await rail(page, 'Dziennik zdarzeń')
  await page.locator('.audit tbody tr').first().waitFor()
  expect(await axeFindings(page)).toEqual([])
  expect(await fits(page, 360)).toBe(true)
  await pictureOf(page, 'audit')
  await page.getByLabel('Kto', { exact: true }).selectOption({ label: 'Ewa Maj' })
  await page.getByLabel('Co', { exact: true }).selectOption({ label: 'Otwarto kartę wizyty' })
  await page.getByRole('button', { name: 'Pokaż' }).click()
  const rows = page.locator('.audit tbody tr')
  expect(await rows.count()).toBe(1)
  expect(await rows.textContent()).toContain(visit.number)
  await rows.getByRole('link', { name: visit.number }).click()
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(`Rejestr wizyty ${visit.number}`)
  await pictureOf(page, 'audit-register')

  const csv = await fileOf(page, () => page.getByRole('button', { name: 'Pobierz CSV' }).click())
  expect(csv.name).toMatch(/^dziennik-.*[.]csv$/)
  expect(csv.text).toContain(`Ewa Maj;Otwarto kartę wizyty;${visit.number};`)
  const jsonl = await fileOf(page, () => page.getByRole('button', { name: 'Pobierz JSON Lines' }).click())
  const entries = jsonl.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { action: string })
  expect(entries.map(({ action }) => action)).toContain('visit.opened')

  await page.getByLabel('Numer wizyty').fill('byle co')
  await page.getByRole('button', { name: 'Pokaż' }).click()
  expect(await page.getByRole('alert').textContent()).toContain('EW-7K3F-92QX')
  expect(await axeFindings(page)).toEqual([])
  await page.goto(`${product.url}/pracownik/dziennik`)
  // Taking the record along is itself in the record
  expect(await page.locator('.audit tbody').textContent()).toContain('Pobrano dziennik zdarzeń')
  await page.getByRole('button', { name: 'Sprawdź teraz' }).click()
  expect(await page.locator('.chain').textContent()).toContain('Sprawdzenie zlecone')
  await pictureOf(page, 'audit-asked')
  await page.context().close()
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { recordingsPerPage } from '../../src/recording/find-recordings'
import { axeFindings } from '../support/axe'
import { launchBrowser } from '../support/plain-browser'
import { addRecordedVisit } from '../support/recorded-visit'
import { makeRealRecording } from '../support/real-recording'
import { startTestProduct, type TestProduct } from '../support/test-product'
import { pictureOf, signedInForRecordings } from './recordings'

let product: TestProduct
let browser: Browser
let folder: string
let visitId: string

beforeAll(async () => {
  product = await startTestProduct(inject('postgresUrl'))
  browser = await launchBrowser()
  folder = await mkdtemp(join(tmpdir(), 'e-wizyta-real-'))
  const { services } = product
  ;(services.directory.institution.settings as { recordingDownload: boolean }).recordingDownload = true
  // The sample supervisor's
  const branchId = services.directory.branchByCode('POKAZ')?.id ?? 0
  visitId = await makeRealRecording(services, { branchId, folder })
  for (let n = 1; n <= recordingsPerPage; n++) {
    const startedAt = new Date(services.clock.now().getTime() - (n + 60) * 60_000)
    const other = await addRecordedVisit(services, startedAt, new Date(startedAt.getTime() + 600_000))
    await services.db
      .updateTable('visit')
      .set({ branch_id: branchId })
      .where('id', '=', other.visitId)
      .execute()
    await services.db
      .updateTable('recording')
      .set({ branch_id: branchId })
      .where('visit_id', '=', other.visitId)
      .execute()
  }
})
afterAll(async () => {
  await browser.close()
  await product.stop()
  await rm(folder, { recursive: true, force: true })
})

const rows = (page: Page) => page.locator('.recording-list tbody tr')
/** Nothing hangs over the page's edge. */
const fits = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)

test('a supervisor pages through the branch’s list and watches three people and a screen, in full screen, too', async () => {
  const page = await signedInForRecordings(browser, product, 'jan.lis@example.org')
  const problems: string[] = []
  page.on('console', (said) => {
    if (said.type() === 'error') problems.push(said.text())
  })
  page.on('pageerror', (error) => problems.push(error.message))
  expect(await rows(page).count()).toBe(recordingsPerPage)
  await pictureOf(page, 'list-long')
  await page.locator('.recording-pages a[rel=next]').click()
  expect(await rows(page).count()).toBe(1)
  expect(await axeFindings(page)).toEqual([])
  await pictureOf(page, 'list-second')
  await page.locator('.recording-pages a[rel=prev]').click()
  expect(await rows(page).count()).toBe(recordingsPerPage)

  await page.locator(`a[href$="${visitId}"]`).click()
  expect(await axeFindings(page)).toEqual([])
  // Keeping and erasing are the inspector's
  expect(await page.getByRole('button').count()).toBe(2)
  await pictureOf(page, 'supervisor')
  await page.getByLabel('Dlaczego oglądasz to nagranie?').fill('Skarga klienta')
  await page.locator('form[action$="/ogladaj"] button').click()
  await page.waitForURL('**/odtwarzanie/*')
  const videos = page.locator('video')
  expect(await videos.count()).toBe(4)
  await page.keyboard.press('3')
  await page.waitForFunction(() =>
    [...document.querySelectorAll('video')].every((video) => video.readyState >= 3),
  )
  expect(await axeFindings(page)).toEqual([])
  await pictureOf(page, 'player-three')
  await page.setViewportSize({ width: 360, height: 740 })
  expect(await fits(page)).toBe(true)
  await page.setViewportSize({ width: 1366, height: 768 })

  await page.getByRole('button', { name: 'Powiększ: Klient' }).click()
  await pictureOf(page, 'player-large')
  expect(await page.locator('.tile.large').count()).toBe(1)
  await page.getByRole('button', { name: 'Powiększ: Klient' }).click()
  await page.keyboard.press('f')
  await page.waitForFunction(() => document.fullscreenElement !== null)
  // Who watches stays written over the picture, and the controls at hand
  for (const part of ['.watermark', '.watch-controls', '[role=slider]'])
    expect(await page.locator(`:fullscreen ${part}`).isVisible(), part).toBe(true)
  await page.screenshot(
    process.env.SCREENSHOTS === undefined ? {} : { path: `${process.env.SCREENSHOTS}/full-screen.png` },
  )
  await page.keyboard.press('f')
  await page.waitForFunction(() => document.fullscreenElement === null)

  // To the end: real files of different lengths, each stops at its own
  await page.keyboard.press('9')
  await page.keyboard.press('k')
  await page.waitForFunction(
    () => document.querySelector('[role=slider]')?.getAttribute('aria-valuenow') === '20',
  )
  await page.getByRole('button', { name: 'Odtwórz' }).waitFor()
  expect(problems).toEqual([])

  await page.getByRole('button', { name: 'Przygotuj paczkę' }).click()
  await page.locator('.passphrase code').waitFor()
  expect(await axeFindings(page)).toEqual([])
  await pictureOf(page, 'package')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Pobierz paczkę' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^nagranie-EW-\w{4}-\w{4}[.]tar$/)
  expect(await download.failure()).toBeNull()
  await page.context().close()
})

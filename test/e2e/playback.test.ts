import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { visitThatStartsNow } from '../../src/main/demo/demo-visit'
import { axeFindings } from '../support/axe'
import { eventually } from '../support/eventually'
import { makeRecording, sampleClip } from '../support/finalised-recording'
import { launchBrowser } from '../support/plain-browser'
import { startTestProduct, type TestProduct } from '../support/test-product'
import { pictureOf, signedInForRecordings } from './recordings'

let product: TestProduct
let browser: Browser
let visitId: string

beforeAll(async () => {
  product = await startTestProduct(inject('postgresUrl'))
  browser = await launchBrowser()
  const { services, clock } = product
  const visit = await visitThatStartsNow({ ...services, now: clock.now() })
  visitId = visit.id
  const clip = await sampleClip()
  await makeRecording(services, {
    visitId,
    now: clock.now(),
    videos: { 'person-client.webm': clip, 'person-officer.webm': clip },
    officerOffsetMs: 1500,
    gaps: [{ fromMs: 14_000, toMs: 16_000, participant: 'client', kind: 'video', why: 'camera_off' }],
  })
  await services.db
    .insertInto('warning')
    .values({
      id: crypto.randomUUID(),
      visit_id: visitId,
      reason: 'noise',
      staff_id: (await services.db.selectFrom('staff').select('id').executeTakeFirstOrThrow()).id,
      given_at: new Date(clock.now().getTime() + 7000),
    })
    .execute()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
})

/** Where both files stand on the recording's clock, in milliseconds, read in one go. */
const clocks = (page: Page): Promise<number[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('video')].map(
      (video) => video.currentTime * 1000 + (video.src.includes('officer') ? 1500 : 0),
    ),
  )

describe('a recording', () => {
  test('is watched after a reason, in step, by keyboard, and kept and erased by the inspector', async () => {
    const page = await signedInForRecordings(browser, product, 'adam.rys@example.org')
    const problems: string[] = []
    page.on('console', (said) => {
      if (said.type() === 'error') problems.push(said.text())
    })
    page.on('pageerror', (error) => problems.push(error.message))
    expect(await axeFindings(page)).toEqual([])
    await pictureOf(page, 'list')
    await page.locator(`a[href$="${visitId}"]`).click()
    expect(await axeFindings(page)).toEqual([])
    await pictureOf(page, 'recording')

    // The browser asks for a reason itself; without its help the server does
    await page.locator('form[action$="/ogladaj"]').evaluate((form: HTMLFormElement) => {
      form.noValidate = true
    })
    await page.locator('form[action$="/ogladaj"] button').click()
    await page.getByRole('alert').waitFor()
    expect(await axeFindings(page)).toEqual([])
    problems.length = 0
    await page.getByLabel('Dlaczego oglądasz to nagranie?').fill('Skarga klienta')
    await page.locator('form[action$="/ogladaj"] button').click()
    await page.waitForURL('**/odtwarzanie/*')
    await page.waitForFunction(() =>
      [...document.querySelectorAll('video')].every((video) => video.readyState >= 3),
    )
    expect(await axeFindings(page)).toEqual([])

    const slider = page.getByRole('slider', { name: 'Oś czasu' })
    const at = async () => Number(await slider.getAttribute('aria-valuenow'))
    await page.keyboard.press('.')
    expect(await at()).toBe(6)
    await pictureOf(page, 'player')
    await page.keyboard.press('5')
    expect(await at()).toBe(10)
    await page.keyboard.press('Home')
    expect(await at()).toBe(0)
    await page.keyboard.press('ArrowRight')
    expect(await at()).toBe(5)

    await page.keyboard.press('k')
    await page.waitForFunction(() =>
      [...document.querySelectorAll('video')].every((video) => video.currentTime > 4.5),
    )
    const read: number[][] = []
    for (let n = 0; n < 20; n++) {
      read.push(await clocks(page))
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
    }
    // Both go on while they are read, or being in step would mean nothing
    for (const one of [0, 1]) expect(read.at(-1)?.[one]).toBeGreaterThan(read[0]?.[one] ?? Infinity)
    const offs = read
      .map(([client = 0, officer = 0]) => Math.abs(client - officer))
      .sort((one, other) => one - other)
    expect(offs[10]).toBeLessThanOrEqual(40)
    // One that falls behind catches up
    await page.evaluate(() => {
      const officer = document.querySelector<HTMLVideoElement>('video[src*=officer]')
      if (officer) officer.currentTime -= 0.15
    })
    await page.waitForFunction(() => {
      const [client, officer] = [...document.querySelectorAll('video')]
      if (!client || !officer || officer.seeking || client.paused || officer.paused) return false
      return Math.abs(client.currentTime - officer.currentTime - 1.5) <= 0.04
    })
    await page.keyboard.press('k')
    expect(await page.locator('.watermark span').first().getAttribute('data-words')).toContain('Adam Ryś')
    // What floats over the picture takes no part in pointing, and nothing of the page lies above it
    expect(await page.locator('.watermark').evaluate((layer) => getComputedStyle(layer).pointerEvents)).toBe(
      'none',
    )

    await page
      .getByRole('button', { name: /Klient, obraz/ })
      .first()
      .click()
    expect(await at()).toBe(14)
    await page.getByText('wyłączona kamera').first().waitFor()
    await eventually(async () => {
      const rows = await product.services.db
        .selectFrom('audit_entry')
        .select('details')
        .where('action', '=', 'recording.sought')
        .execute()
      expect(rows.length).toBeGreaterThan(0)
    })
    expect(problems).toEqual([])

    await page.goto(`${product.url}/pracownik/nagranie/${visitId}`)
    await page.getByLabel('Dlaczego wstrzymujesz usunięcie?').fill('Postępowanie sądu')
    await page.getByRole('button', { name: 'Wstrzymaj usunięcie' }).click()
    await page.getByText('Postępowanie sądu').waitFor()
    expect(await page.getByRole('button', { name: 'Usuń nagranie' }).count()).toBe(0)
    expect(await axeFindings(page)).toEqual([])
    await pictureOf(page, 'held')
    await page.getByLabel('Dlaczego cofasz wstrzymanie?').fill('Koniec sprawy')
    await page.getByRole('button', { name: 'Cofnij wstrzymanie' }).click()
    await page.getByLabel('Dlaczego usuwasz nagranie przed terminem?').fill('Żądanie klienta')
    await page.getByRole('button', { name: 'Usuń nagranie' }).click()
    await page.getByText('To nagranie jest usunięte').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await pictureOf(page, 'erased')
    await page.context().close()
  })
})

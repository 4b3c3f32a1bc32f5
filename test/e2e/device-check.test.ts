import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { axeFindings } from '../support/axe'
import { type BrowserPerson, launchPerson } from '../support/browser'
import { debianProgram } from '../support/debian-program'
import { startTestProduct, type TestProduct } from '../support/test-product'
import { startTurnServer, type TurnServer } from '../support/turn-server'
import { book, button, halina } from './citizen'
import { emailTo } from './mailbox'
import { linkIn, visitRow } from './visit-people'

let product: TestProduct
let person: BrowserPerson

beforeAll(async () => {
  product = await startTestProduct(inject('postgresUrl'))
  person = await launchPerson({ camera: 'client', viewport: { width: 360, height: 740 } })
})
afterAll(async () => {
  await person.close()
  await product.stop()
})

const checked = (page: Page) => page.locator('body[data-state=checked]').waitFor({ timeout: 60_000 })

async function check(page: Page, url: string): Promise<Record<string, string>> {
  await page.goto(url)
  await button(page, 'Zacznij sprawdzanie').click()
  await checked(page)
  const rows = await page
    .locator('[data-check]')
    .evaluateAll((all) =>
      all.map((row) => [row.getAttribute('data-check'), row.getAttribute('data-code')] as const),
    )
  return Object.fromEntries(rows) as Record<string, string>
}

describe('the device check', () => {
  test('measures everything, says what it means, and what it cannot know', async () => {
    const found = await check(person.page, `${product.url}/sprawdz-urzadzenie`)
    expect(found).toMatchObject({
      browser: 'ok',
      // The camera of this test is smaller than the institution asks
      camera: 'resolutionLow',
      microphone: 'ok',
      // No relay is configured: only the direct way could be looked at
      connection: 'noRelay',
    })
    expect(Object.keys(found).sort()).toEqual(
      ['backlight', 'bandwidth', 'browser', 'camera', 'connection', 'light', 'microphone', 'noise'].sort(),
    )
    expect(await person.page.locator('[data-check=camera]').innerText()).toMatch(/640\s×\s360/)
    expect(await person.page.locator('[data-check=bandwidth]').innerText()).toMatch(
      /Pobieranie [\d,]+\sMb\/s/,
    )
    expect(await axeFindings(person.page)).toEqual([])
  })

  test('tells a person who refused the camera what to press', async () => {
    const refusing = await launchPerson({ camera: 'denied', viewport: { width: 1280, height: 720 } })
    try {
      const found = await check(refusing.page, `${product.url}/sprawdz-urzadzenie`)
      expect(found).toMatchObject({
        camera: 'refusedByPerson',
        microphone: 'refusedByPerson',
        light: 'unknown',
      })
      const text = await refusing.page.locator('main').innerText()
      expect(text).toContain('Tak rozmowa się nie uda')
      expect(text).toContain('Naciśnij ikonę kamery lub kłódki')
    } finally {
      await refusing.close()
    }
  })

  test('tells a person without camera and microphone that none is seen', async () => {
    const without = await launchPerson({ camera: 'none', viewport: { width: 360, height: 740 } })
    try {
      const found = await check(without.page, `${product.url}/sprawdz-urzadzenie`)
      expect(found).toMatchObject({ camera: 'notFound', microphone: 'notFound', noise: 'unknown' })
    } finally {
      await without.close()
    }
  })
})

test('the report of a client is kept with the visit, replaced by the next one, and seen by the officer', async () => {
  const number = await book(person.page, product.url, {
    postalCode: '00-000',
    who: { ...halina, phone: '601 555 301', email: 'sprzet@example.org' },
  })
  await product.messagesSent()
  const meeting = linkIn((await emailTo(product, 'sprzet@example.org')).text, 'spotkanie')
  const visit = await visitRow(product, number)
  await person.page.goto(meeting)
  await person.page
    .getByRole('link', { name: /Sprawdź/ })
    .first()
    .click()
  await person.page.waitForURL(`${meeting}/sprzet`)
  await button(person.page, 'Zacznij sprawdzanie').click()
  await checked(person.page)
  await person.page.getByText('Wynik zapiszemy przy wizycie').last().waitFor()
  const kept = await product.services.db
    .selectFrom('device_check')
    .where('visit_id', '=', visit.id)
    .selectAll()
    .executeTakeFirstOrThrow()
  expect(kept.results).toMatchObject({
    camera: { code: 'resolutionLow', width: 640, height: 360 },
  })

  const send = (body: unknown, token = meeting) =>
    fetch(`${token}/sprzet`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: product.url },
      body: JSON.stringify(body),
    })
  const report = kept.results as Record<string, unknown>
  expect((await send(report)).status).toBe(204)
  expect((await send({ ...report, camera: { code: 'wonderful', width: 1, height: 1 } })).status).toBe(400)
  expect((await send({ ...report, name: 'Halina' })).status).toBe(400)
  expect((await send(report, `${meeting.slice(0, -1)}${meeting.endsWith('A') ? 'B' : 'A'}`)).status).toBe(404)
  product.clock.set(new Date(visit.ends_at.getTime() + 60_000))
  expect((await send(report)).status).toBe(409)
})

const turnserver = debianProgram('turnserver')

describe.skipIf(turnserver === undefined)('with a relay', () => {
  let relay: TurnServer
  let relayed: TestProduct
  beforeAll(async () => {
    relay = await startTurnServer(turnserver ?? '')
    relayed = await startTestProduct(inject('postgresUrl'), { environment: relay.environment })
  })
  afterAll(async () => {
    await relayed.stop()
    await relay.stop()
  })

  test('the way through it is found, and measures the line in both directions', async () => {
    const found = await check(person.page, `${relayed.url}/sprawdz-urzadzenie`)
    expect(['relay', 'direct']).toContain(found.connection)
    expect(['ok', 'low']).toContain(found.bandwidth)
  })

  test('one that does not answer is said, and nothing is called impossible', async () => {
    await relay.stop()
    const found = await check(person.page, `${relayed.url}/sprawdz-urzadzenie`)
    expect(found.connection).toBe('relaySilent')
  })
})

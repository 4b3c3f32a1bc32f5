import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { visitUrls } from '../../src/message/visit-urls'
import type { Language } from '../../src/texts/catalogue'
import { axeFindings } from '../support/axe'
import { launchBrowser } from '../support/plain-browser'
import { startTestProduct, type TestProduct } from '../support/test-product'
import { button, consentAndBook, fillData, halina, takeTime, visitNumberOn, words } from './citizen'
import { signIn } from './officer'

let product: TestProduct
let browser: Browser

beforeAll(async () => {
  product = await startTestProduct(inject('postgresUrl'))
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
})

/** Findings of every page looked at, each under the name of its state. */
class Look {
  readonly found: Record<string, string[]> = {}
  readonly #page: Page
  constructor(page: Page) {
    this.#page = page
  }
  async at(state: string): Promise<void> {
    const findings = await axeFindings(this.#page)
    const sideways = await this.#page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    )
    if (sideways) findings.push('the page scrolls sideways')
    if (findings.length > 0) this.found[state] = findings
  }
}

async function inContext(
  width: number,
  look: (page: Page, context: BrowserContext) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: 760 } })
  try {
    await look(await context.newPage(), context)
  } finally {
    await context.close()
  }
}

const staticPages = [
  '/',
  '/temat',
  '/kod?temat=pensions',
  '/kod?temat=business',
  '/oddzial?temat=pensions&kod=',
  '/oddzial?temat=pensions&kod=02758',
  '/oddzial?temat=pensions&kod=99999',
  '/oddzialy?temat=pensions',
  '/termin?temat=pensions&oddzial=WAW2',
  '/termin?temat=pensions&oddzial=WAW2&od=2026-12-29',
  '/termin?temat=pensions&oddzial=WAW2&od=2020-01-01',
  '/znajdz',
  '/zasady',
  '/dane-osobowe',
  '/nagrywanie',
  '/cookies',
  '/dostepnosc',
  '/sprawdz-urzadzenie',
  '/nie-ma-takiej-strony',
  '/spotkanie/zepsuty-link',
]

describe.each(['pl', 'en', 'uk'] as const)('accessibility in %s', (language: Language) => {
  const w = words[language]

  test.each([320, 1280])('axe finds nothing on any public page at %i px', async (width) => {
    await inContext(width, async (page) => {
      const look = new Look(page)
      for (const path of staticPages) {
        await page.goto(`${product.url}${w.prefix}${path === '/' && w.prefix ? '' : path}`)
        await look.at(path)
      }
      expect(look.found).toEqual({})
    })
  })

  test('axe finds nothing in any state of a booking, of its end and of the meeting link', async () => {
    await inContext(320, async (page) => {
      const look = new Look(page)
      const n = { pl: 1, en: 2, uk: 3 }[language]
      await page.goto(`${product.url}${w.prefix}/termin?temat=relief&oddzial=KIE&od=2026-12-29`)
      await button(page, w.takeTime).click()
      await look.at('no time chosen')
      await takeTime(page, w)
      await look.at('details')
      await button(page, w.next).click()
      await look.at('details with mistakes')
      await fillData(page, w, {
        ...halina,
        phone: `60299900${n}`,
        email: `dostepnosc${n}@example.org`,
        guardian: { firstName: 'Tomasz', lastName: 'Wiśniewski' },
      })
      await look.at('check answers')
      await button(page, w.book).click()
      await look.at('consents missing')
      await consentAndBook(page, w, true)
      await page.getByText(w.booked).first().waitFor()
      await look.at('booked')

      const visit = await product.services.db
        .selectFrom('visit')
        .where('number', '=', await visitNumberOn(page))
        .select(['id', 'link_version', 'starts_at'])
        .executeTakeFirstOrThrow()
      const urls = visitUrls(product.url, product.services.keys, {
        id: visit.id,
        linkVersion: visit.link_version,
        language,
      })
      for (const [state, url] of Object.entries({
        manage: urls.manage,
        'meeting too early': urls.meeting,
        'guardian too early': urls.guardian,
        cancel: urls.cancel,
      })) {
        await page.goto(url)
        await look.at(state)
      }
      product.clock.set(new Date(visit.starts_at.getTime() - 10 * 60_000))
      for (const [state, url] of Object.entries({
        'meeting open': urls.meeting,
        'guardian open': urls.guardian,
      })) {
        await page.goto(url)
        await look.at(state)
      }
      await page.goto(urls.cancel)
      await page.locator('form button.btn-red').click()
      await look.at('cancelled')
      await page.goto(urls.meeting)
      await look.at('meeting cancelled')
      await page.goto(urls.manage)
      await look.at('manage cancelled')
      expect(look.found).toEqual({})
    })
  })
})

test('axe finds nothing on the pages of staff, of the mailbox and of the API', async () => {
  await inContext(1366, async (page) => {
    const look = new Look(page)
    await page.goto(`${product.url}/pracownik`)
    await look.at('sign-in')
    await page.locator('input[name=email]').fill('nikt@example.org')
    await page.locator('input[name=password]').fill('zle')
    await page.locator('form[action="/pracownik"] button').last().click()
    await look.at('sign-in refused')
    await signIn(page, product.url, 'ewa.maj@example.org')
    await look.at('day')
    await page.goto(`${product.url}/skrzynka`)
    await look.at('mailbox')
    await page.locator('a[href^="/skrzynka/"]').first().click()
    await look.at('mailbox with a message')
    await page.goto(`${product.url}/skrzynka/jak-sprobowac`)
    await look.at('how to try')
    await page.goto(`${product.url}/api`)
    await look.at('API')
    expect(look.found).toEqual({})
  })
})

import type { Browser, Page } from 'playwright-core'
import { samplePassword } from '../../src/main/demo/sample-staff'
import type { TestProduct } from '../support/test-product'

/** A page of somebody whose first page is the list of recordings. */
export async function signedInForRecordings(
  browser: Browser,
  product: TestProduct,
  email: string,
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'pl-PL' })
  const page = await context.newPage()
  await page.goto(`${product.url}/pracownik`)
  await page.locator('input[name=email]').fill(email)
  await page.locator('input[name=password]').fill(samplePassword)
  await page.locator('form[action="/pracownik"] button').last().click()
  await page.waitForURL(/\/pracownik\/(dzien|nagrania)/)
  await page.goto(`${product.url}/pracownik/nagrania`)
  return page
}

const screenshots = process.env.SCREENSHOTS

/** Pictures of the page at the sizes that people have, for whoever asked for them. */
export async function pictureOf(page: Page, name: string): Promise<void> {
  if (screenshots === undefined) return
  const size = page.viewportSize()
  for (const [width, height] of [
    [1366, 768],
    [1920, 1080],
    [360, 740],
  ] as const) {
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: `${screenshots}/${name}-${width}.png` })
  }
  if (size) await page.setViewportSize(size)
}

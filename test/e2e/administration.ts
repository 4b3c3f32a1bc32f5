import type { Browser, Page } from 'playwright-core'
import { samplePassword } from '../../src/main/demo/sample-staff'

/** A page of the sample administrator. */
export async function administrator(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'pl-PL' })
  const page = await context.newPage()
  await page.goto(`${url}/pracownik`)
  await page.locator('input[name=email]').fill('zofia.bak@example.org')
  await page.locator('input[name=password]').fill(samplePassword)
  await page.locator('form[action="/pracownik"] button').last().click()
  await page.waitForURL(/\/pracownik\/(stan|ustawienia)/)
  return page
}

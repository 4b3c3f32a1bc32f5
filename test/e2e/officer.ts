import type { Page } from 'playwright-core'
import { samplePassword } from '../../src/main/demo/sample-staff'

/** Signs in with a sample account and arrives at today's visits. */
export async function signIn(page: Page, url: string, email: string): Promise<void> {
  await page.goto(`${url}/pracownik`)
  await page.locator('input[name=email]').fill(email)
  await page.locator('input[name=password]').fill(samplePassword)
  await page.locator('form[action="/pracownik"] button').last().click()
  await page.waitForURL('**/pracownik/dzien*')
}

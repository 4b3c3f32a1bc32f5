import type { Page } from 'playwright-core'
import { samplePassword, sampleStaff } from '../../src/main/demo/sample-staff'

export const patience = { timeout: 60_000 }

/** Signs the first sample officer in. */
export async function deskSignIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/pracownik`)
  await page.locator('input[name=email]').fill(sampleStaff[0].email)
  await page.locator('input[name=password]').fill(samplePassword)
  await page.locator('form[action="/pracownik"] button').last().click()
  await page.waitForURL('**/pracownik/dzien*')
}

export const inState = (page: Page, state: string) =>
  page
    .locator(`[data-state=${state}]`)
    .first()
    .waitFor({ state: 'attached', ...patience })

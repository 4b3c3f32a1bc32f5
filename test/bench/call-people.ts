import type { Page } from 'playwright-core'
import { readFrame } from '../support/fake-media'
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

/** Resolves when a picture of the other camera has followed another one. */
export async function moves(page: Page, video: string): Promise<void> {
  const until = performance.now() + patience.timeout
  let first: number | undefined
  for (;;) {
    const frame = await readFrame(page, video).catch(() => null)
    if (frame && first !== undefined && frame.number !== first) return
    if (frame) first ??= frame.number
    if (performance.now() > until) throw new Error(`${video} stands still`)
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

/** The officer's page shows the client's picture, and it moves. */
export const citizenMoves = (officer: Page) => moves(officer, '.stage video[data-participant=client]')

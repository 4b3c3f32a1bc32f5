import type { Page } from 'playwright-core'
import type { TestContext } from 'vitest'

/** When the test has failed: what stood on the page, for whoever reads the run. */
export async function tellWhatThePageSaid({ task }: TestContext, page: Page | undefined): Promise<void> {
  if (task.result?.state !== 'fail' || !page || page.isClosed()) return
  const text = await page.locator('body').innerText({ timeout: 1000 })
  console.log(`After "${task.name}" ${page.url()} said:\n${text}`)
}

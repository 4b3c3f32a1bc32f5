import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { samplePassword } from '../../src/main/demo/sample-staff'
import { type BrowserPerson, launchPerson } from '../support/browser'
import { startTestProduct, type TestProduct } from '../support/test-product'

let product: TestProduct
let person: BrowserPerson
beforeAll(async () => {
  product = await startTestProduct(inject('postgresUrl'))
  person = await launchPerson({ camera: 'none', viewport: { width: 1366, height: 768 } })
})
afterAll(async () => {
  await person.close()
  await product.stop()
})

const settings = [
  'oddzialy',
  'tematy',
  'tematy/benefits',
  'obszary',
  'kraje',
  'zasady-rezerwacji',
  'zaswiadczenia',
  'zaswiadczenia/nowy',
  'pracownicy',
]
const moreSettings = ['teksty', 'teksty/prawne/privacy', 'teksty/instytucja', 'przechowywanie', 'przekazania']
const under = [...settings, ...moreSettings, 'przekazania/nowy', 'instytucja', 'dostepnosc']
const pagesOf: Record<string, readonly string[]> = {
  'zofia.bak': [
    ...['stan', 'grafik', 'grafik/wolne', 'statystyki', 'wiadomosci', 'wiadomosci/niewyslane', 'konto'],
    ...['przeplanowanie', 'ustawienia', ...under.map((name) => `ustawienia/${name}`)],
  ],
  'jan.lis': ['dzien', 'wizyty', 'nagrania', 'statystyki', 'grafik', 'wiadomosci', 'przeplanowanie'],
  'adam.rys': ['nagrania', 'dziennik', 'dane-osob'],
}

/** What the keyboard should reach, each marked with its number. */
const markReachable = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const wanted = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]'
    const shown = Array.from(document.querySelectorAll<HTMLElement>(wanted)).filter(
      (one) => one.checkVisibility() && !one.matches(':disabled'),
    )
    shown.forEach((one, index) => one.setAttribute('data-reach', String(index)))
    return shown.length
  })

/** Where the keyboard is, and whether that can be seen. */
const focused = (page: Page): Promise<{ number: string | null; seen: boolean; hidden: boolean }> =>
  page.evaluate(() => {
    const one = document.activeElement
    const style = one && getComputedStyle(one)
    const box = one?.getBoundingClientRect()
    return {
      number: one?.getAttribute('data-reach') ?? null,
      seen: style !== null && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
      hidden: box !== undefined && (box.bottom <= 0 || box.top >= innerHeight),
    }
  })

/** Sizes at which the page is too wide, or scrolls as a whole although its panels should. */
async function misfits(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const width of [360, 1366, 1920]) {
    await page.setViewportSize({ width, height: 768 })
    const [over, below] = await page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement
      return [scrollWidth - innerWidth, scrollHeight - innerHeight] as const
    })
    if (over > 0) found.push(`${over} px too wide at ${width}`)
    if (width > 1100 && below > 0) found.push(`${below} px below the desk at ${width}`)
  }
  return found
}

async function signIn(page: Page, who: string): Promise<void> {
  await page.context().clearCookies()
  await page.goto(`${product.url}/pracownik`)
  await page.locator('input[name=email]').fill(`${who}@example.org`)
  await page.locator('input[name=password]').fill(samplePassword)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/pracownik/**')
}

test.each(Object.keys(pagesOf))(
  'everything on the pages of %s is reached by Tab, and is seen then',
  async (who) => {
    const { page } = person
    await signIn(page, who)
    const wrong: string[] = []
    for (const path of pagesOf[who] ?? []) {
      const answer = await page.goto(`${product.url}/pracownik/${path}`)
      expect(answer?.status(), path).toBe(200)
      const count = await markReachable(page)
      expect(count, path).toBeGreaterThan(5)
      const reached = new Set<string>()
      // Parts of a date are stops of their own
      for (let press = 0; press < count * 4 && reached.size < count; press++) {
        await page.keyboard.press('Tab')
        const { number, seen, hidden } = await focused(page)
        if (number === null || reached.has(number)) continue
        reached.add(number)
        if (!seen || hidden) wrong.push(`${path} #${number}: ${seen ? 'out of sight' : 'no ring'}`)
      }
      // Of a group of radio buttons Tab reaches one
      const missed = await page.evaluate(
        (numbers) =>
          Array.from(document.querySelectorAll<HTMLElement>('[data-reach]:not([type=radio])'))
            .filter((one) => !numbers.includes(one.getAttribute('data-reach') ?? ''))
            .map((one) => one.outerHTML.slice(0, 120)),
        [...reached],
      )
      wrong.push(...missed.map((one) => `${path}: not reached ${one}`))
      wrong.push(...(await misfits(page)).map((one) => `${path}: ${one}`))
      await page.setViewportSize({ width: 1366, height: 768 })
    }
    expect(wrong).toEqual([])
  },
)

test('names as long as they may be break, and push no page wider than its window', async () => {
  const { page } = person
  await signIn(page, 'zofia.bak')
  const long = 'W'.repeat(60)
  const db = product.services.db
  await db
    .updateTable('branch')
    .set({ name: long.repeat(3) })
    .where('code', '=', 'BIA')
    .execute()
  await db.updateTable('desk').set({ name: long }).where('name', '=', 'Stanowisko 1').execute()
  await db
    .updateTable('staff')
    .set({ name: long.repeat(2) })
    .where('email', '=', 'anna.gil@example.org')
    .execute()
  const anna = await db
    .selectFrom('staff')
    .select('id')
    .where('name', '=', long.repeat(2))
    .executeTakeFirstOrThrow()
  await product.services.directory.refresh()
  const places = ['oddzialy', 'oddzialy/BIA', 'pracownicy', `pracownicy/${anna.id}`, 'kraje']
  const wrong: string[] = []
  for (const path of ['grafik?oddzial=BIA', ...places.map((place) => `ustawienia/${place}`)]) {
    await page.goto(`${product.url}/pracownik/${path}`)
    wrong.push(...(await misfits(page)).map((one) => `${path}: ${one}`))
  }
  expect(wrong).toEqual([])
})

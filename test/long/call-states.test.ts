import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { book, button, halina } from '../e2e/citizen'
import { emailTo } from '../e2e/mailbox'
import { signIn } from '../e2e/officer'
import { twoPeople } from '../e2e/two-people'
import { endVisit, enterWaitingRoom, linkIn, patience, state, visitRow } from '../e2e/visit-people'
import en from '../../src/texts/en.json'
import pl from '../../src/texts/pl.json'
import uk from '../../src/texts/uk.json'
import { callEndsAt } from '../../src/contract/call-end'
import { axeFindings } from '../support/axe'
import { type BrowserPerson, launchPerson } from '../support/browser'
import { pageNameOf, sendThrough, watchInsides } from '../support/page-insides'

const people = twoPeople()
const languages = ['', '/en', '/uk'] as const
const phone = { width: 360, height: 740 }
const widths = [phone, { width: 1280, height: 800 }]
/** Where pictures of every state are left for whoever wants to look at them. */
const pictures = process.env.CALL_PICTURES

let link = ''
let guardianLink = ''
let number = ''
const guests: Partial<Record<'guardian' | 'interpreter', BrowserPerson>> = {}
afterAll(async () => {
  for (const guest of Object.values(guests)) await guest.close()
})

beforeAll(async () => {
  const { product, citizen, officer } = people
  const guardian = { firstName: 'Tomasz', lastName: 'Wiśniewski' }
  const who = { ...halina, phone: '601 555 831', email: 'stany@example.org', guardian }
  await watchInsides(citizen.page)
  await watchInsides(officer.page)
  number = await book(citizen.page, product.url, { postalCode: '00-000', who })
  const visit = await visitRow(product, number)
  await product.messagesSent()
  const { text } = await emailTo(product, who.email)
  link = linkIn(text, 'spotkanie')
  const links = [...text.matchAll(/https?:\S+\/spotkanie\/[\w-]+/g)].map(([one]) => one)
  guardianLink = links.find((one) => one !== link) ?? ''
  product.clock.set(new Date(visit.starts_at.getTime() - 60_000))
  await signIn(officer.page, product.url, 'ewa.maj@example.org')
  if (pictures !== undefined) mkdirSync(pictures, { recursive: true })
})

/** The client's page in every language and width: it keeps its place through each of them. */
async function look(
  name: string,
  wanted: string,
  press?: () => Promise<void>,
  {
    page = people.citizen.page,
    address = link,
    still = false,
  }: {
    page?: Page
    address?: string
    /** Without time passing: the server would take a page that has not been heard for gone. */
    still?: boolean
  } = {},
): Promise<void> {
  const { origin, pathname } = new URL(address)
  for (const prefix of languages)
    for (const viewport of widths) {
      // How much a page may say is measured by the clock, which stands still otherwise
      people.product.clock.advance({ seconds: still ? 0 : 4 })
      await page.setViewportSize(viewport)
      await page.goto(`${origin}${prefix}${pathname}`)
      await state(page, wanted)
      if (wanted === 'call') await page.locator('[data-connection=connected]').waitFor(patience)
      await press?.()
      expect(await axeFindings(page), `${name} ${prefix} ${viewport.width}`).toEqual([])
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(overflow, `${name} ${prefix} ${viewport.width} is wider than the screen`).toBeLessThanOrEqual(0)
      await picture(page, `${name}-${prefix.slice(1) || 'pl'}-${viewport.width}`)
    }
}

/** Waits until the page says this in its own language. */
const says = (page: Page, key: keyof typeof pl) =>
  vi.waitFor(async () => {
    const language = await page.locator('html').getAttribute('lang')
    const words = (language === 'en' ? en : language === 'uk' ? uk : pl)[key].replaceAll('\u00a0', ' ')
    const said = (await page.locator('#stan').innerText()).replaceAll('\u00a0', ' ')
    expect(said).toContain(words)
  }, patience)

const picture = async (page: typeof people.citizen.page, name: string) => {
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`) })
}

async function lookAtDesk(name: string): Promise<void> {
  expect(await axeFindings(people.officer.page), name).toEqual([])
  await picture(people.officer.page, `desk-${name}`)
}

describe('every state of a visit, in three languages, on a phone and on a wide screen', () => {
  test('before it, and in the waiting room', async () => {
    await look('entry', 'permission')
    await enterWaitingRoom(people.citizen.page, link)
    await look('waiting', 'waiting')
  })

  test('invited, and in the call', async () => {
    const { citizen, officer } = people
    await officer.page.getByText('Halina Wiśniewska').first().waitFor()
    await lookAtDesk('day')
    await button(officer.page, 'Zaproś').first().click()
    await state(citizen.page, 'invited')
    await look('invited', 'invited')
    await citizen.page.locator('#zaproszenie-wejdz').click()
    await look('call', 'call')
    await lookAtDesk('call')
  })

  test('with what is opened over the call', async () => {
    const { citizen, officer } = people
    await officer.page.locator('#czat-tekst').fill('Dzień dobry, proszę pisać tutaj.')
    await officer.page.locator('#czat-tekst').press('Enter')
    await look('chat', 'call', () => citizen.page.locator('#czat-otworz').click())
    await look('devices', 'call', () => citizen.page.locator('#urzadzenia-otworz').click())
    await look('hang-up', 'call', () => citizen.page.locator('#zakoncz').click())
    await citizen.page.locator('#zostaje').click()
  })

  test('with a line of the officer’s that carries no picture', async () => {
    const { citizen, officer } = people
    const media = { microphone: true, camera: true, screen: null, soundOnly: true }
    await look('sound-only', 'call', () =>
      vi.waitFor(async () => {
        const to = await pageNameOf(citizen.page)
        await sendThrough(officer.page, [JSON.stringify({ type: 'peer', to, message: { media } })])
        await says(citizen.page, 'call.audioOnly')
      }, patience),
    )
  })

  test('with what the officer asks for, shows and warns of', async () => {
    const { citizen, officer } = people
    await button(officer.page, 'Pokaż ekran').click()
    await look('shared', 'call', () => citizen.page.locator('#ekran-pracownika').waitFor(patience))
    await button(officer.page, 'Przestań pokazywać').click()
    await officer.page.locator('#ostrzezenie').selectOption('noise')
    await button(officer.page, 'Ostrzeż').click()
    await look('warning', 'call', () => citizen.page.locator('#prosba').waitFor())
    await citizen.page.locator('#prosba-rozumiem').click()
    await button(officer.page, 'Zacznij sprawdzanie').click()
    await look('identity', 'call', () => citizen.page.locator('#prosba').waitFor())
    await button(officer.page, 'Dalej').click()
    await look('document', 'call', () => citizen.page.locator('#ramka-dokumentu').waitFor())
    await lookAtDesk('document')
  })

  test('in a second tab, which says where the call is', async () => {
    const page = await people.citizen.context.newPage()
    await page.goto(link)
    await page.locator('#wlacz').click()
    await page.locator('#wejdz').click()
    await state(page, 'elsewhere')
    await look('elsewhere', 'elsewhere', undefined, { page, still: true }).finally(() => page.close())
  })

  const enters = async (person: BrowserPerson, address: string) => {
    await person.page.goto(address)
    await person.page.locator('#wlacz').click()
    await person.page.locator('#wejdz').click()
    await state(person.page, 'invited')
    await person.page.locator('#zaproszenie-wejdz').click()
    await state(person.page, 'call')
  }

  test('the guardian’s and the interpreter’s own pages, and the client’s with both of them', async () => {
    const { officer } = people
    const guardian = (guests.guardian = await launchPerson({ camera: 'client', viewport: phone }))
    await enters(guardian, guardianLink)
    await officer.page.getByText('Zaproś tłumacza').first().click()
    await officer.page.locator('#tlumacz').fill('Anna Migowa')
    await officer.page.locator('#tlumacz + button').click()
    const field = officer.page.locator('#link-tlumacza')
    await vi.waitFor(async () => expect(await field.inputValue()).toContain('/spotkanie/'), patience)
    const address = await field.inputValue()
    const interpreter = (guests.interpreter = await launchPerson({ camera: 'client', viewport: phone }))
    await enters(interpreter, address)
    await look('guardian', 'call', undefined, { page: guardian.page, address: guardianLink })
    await look('interpreter', 'call', undefined, { page: interpreter.page, address })
    const tiles = async (wanted: readonly string[]) => {
      const { page } = people.citizen
      for (const tile of ['#obraz-goscia', '#obraz-tlumacza']) await page.locator(tile).waitFor(patience)
      expect(await overlaps(page)).toEqual(wanted)
    }
    // While a document is shown the own picture is large, and the guest's may wait behind it and what is asked for;
    // nothing lies over the interpreter
    const hidden = ['self guest / self for-document', 'self guest / ask']
    await people.citizen.page.setViewportSize(phone)
    await people.citizen.page.locator('.for-document').waitFor(patience)
    await tiles(hidden)
    await picture(people.citizen.page, 'document-with-guests')
    // The back of it, then the comparing
    await button(officer.page, 'Dalej').click()
    await button(officer.page, 'Dalej').click()
    await people.citizen.page.locator('.for-document').waitFor({ state: 'detached' })
    await look('with-guests', 'call', () => tiles([]))
    await lookAtDesk('with-guests')
    for (const guest of Object.values(guests)) await guest.page.goto('about:blank')
  })

  /** Pairs of people's tiles, and what is asked of the client, that lie over one another. */
  const overlaps = (page: Page) =>
    page.evaluate(() => {
      const tiles = Array.from(document.querySelectorAll('.stage > .self, .stage > .ask[role=alert]'))
        .filter((tile) => tile.getClientRects().length > 0)
        .map((tile) => ({ name: tile.className, box: tile.getBoundingClientRect() }))
      return tiles.flatMap((one, index) =>
        tiles
          .slice(index + 1)
          .filter(
            ({ box }) =>
              box.left < one.box.right &&
              one.box.left < box.right &&
              box.top < one.box.bottom &&
              one.box.top < box.bottom,
          )
          .map(({ name }) => `${one.name} / ${name}`),
      )
    })

  test.each([
    [5, 'call.timeLeft.five'],
    [1, 'call.timeLeft.one'],
  ] as const)('with %s minutes left', async (minutes, key) => {
    const { citizen, product } = people
    const row = await visitRow(product, number)
    const end = callEndsAt({
      startsAt: row.starts_at.toISOString(),
      endsAt: row.ends_at.toISOString(),
      startedAt: row.started_at?.toISOString() ?? null,
      waitingSince: row.waiting_since?.toISOString() ?? null,
    })
    product.clock.set(new Date(end.getTime() - minutes * 60_000 + 2000))
    await look(`left-${minutes}`, 'call', () => says(citizen.page, key))
    await lookAtDesk(`left-${minutes}`)
  })

  test('after the end', async () => {
    const { citizen, officer } = people
    await endVisit(officer.page)
    await citizen.page.locator('[data-state=call]').waitFor({ state: 'detached' })
    const { origin, pathname } = new URL(link)
    for (const prefix of languages)
      for (const viewport of widths) {
        await citizen.page.setViewportSize(viewport)
        await citizen.page.goto(`${origin}${prefix}${pathname}`)
        expect(await axeFindings(citizen.page)).toEqual([])
        await picture(citizen.page, `ended-${prefix.slice(1) || 'pl'}-${viewport.width}`)
      }
  })
})

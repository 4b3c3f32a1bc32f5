import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { book, button, halina } from '../e2e/citizen'
import { emailTo } from '../e2e/mailbox'
import { signIn } from '../e2e/officer'
import { twoPeople } from '../e2e/two-people'
import { endVisit, enterWaitingRoom, linkIn, patience, state, visitRow } from '../e2e/visit-people'
import { axeFindings } from '../support/axe'

const people = twoPeople()
const languages = ['', '/en', '/uk'] as const
const widths = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
]
/** Where pictures of every state are left for whoever wants to look at them. */
const pictures = process.env.CALL_PICTURES

let link = ''

beforeAll(async () => {
  const { product, citizen, officer } = people
  const who = { ...halina, phone: '601 555 831', email: 'stany@example.org' }
  const number = await book(citizen.page, product.url, { postalCode: '00-000', who })
  const visit = await visitRow(product, number)
  await product.messagesSent()
  link = linkIn((await emailTo(product, who.email)).text, 'spotkanie')
  product.clock.set(new Date(visit.starts_at.getTime() - 60_000))
  await signIn(officer.page, product.url, 'ewa.maj@example.org')
  if (pictures !== undefined) mkdirSync(pictures, { recursive: true })
})

/** The client's page in every language and width: it keeps its place through each of them. */
async function look(name: string, wanted: string, press?: () => Promise<void>): Promise<void> {
  const { page } = people.citizen
  const { origin, pathname } = new URL(link)
  for (const prefix of languages)
    for (const viewport of widths) {
      // How much a page may say is measured by the clock, which stands still otherwise
      people.product.clock.advance({ seconds: 4 })
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

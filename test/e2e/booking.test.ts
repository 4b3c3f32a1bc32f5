import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { startTestProduct, type TestProduct } from '../support/test-product'
import { launchBrowser } from '../support/plain-browser'
import {
  book,
  button,
  consentAndBook,
  fillData,
  goToTimes,
  halina,
  heading,
  link,
  takeTime,
  visitNumberOn,
  words,
} from './citizen'
import { emailTo } from './mailbox'
import { tellWhatThePageSaid } from './what-the-page-said'

let product: TestProduct
let browser: Browser
let context: BrowserContext
let page: Page

beforeAll(async () => {
  product = await startTestProduct(inject('postgresUrl'))
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
})

afterEach((context) => tellWhatThePageSaid(context, page))

const visitor = async (options: Parameters<Browser['newContext']>[0] = {}) => {
  context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options })
  page = await context.newPage()
  return page
}

const another = (n: number) => ({ ...halina, phone: `60123${4000 + n}`, email: `osoba${n}@example.org` })

const seatStates = async (state: 'held' | 'booked') =>
  (await product.services.db.selectFrom('seat').where('state', '=', state).select('id').execute()).length

describe.each(['pl', 'en', 'uk'] as const)('a person who reads %s', (language) => {
  const n = { pl: 1, en: 2, uk: 3 }[language]

  test('books without scripts, finds the link in the e-mail and cancels by its page', async () => {
    const p = await visitor({ javaScriptEnabled: false })
    const number = await book(p, product.url, { language, who: another(n) })
    await product.messagesSent()

    const mail = await emailTo(product, another(n).email)
    expect(mail.subject).toContain(number)
    const cancelUrl = /https?:\S+\/anuluj\/\S+/.exec(mail.text)?.[0] ?? ''
    expect(cancelUrl).toContain(`${product.url}${words[language].prefix}/anuluj/`)

    const before = await seatStates('booked')
    await p.goto(cancelUrl)
    // Mail scanners open links: nothing has happened yet
    expect(await seatStates('booked')).toBe(before)
    await p.locator('form button.btn-red').click()
    await p.locator('main').waitFor()
    expect(await seatStates('booked')).toBe(before - 1)
    await product.messagesSent()
    expect((await emailTo(product, another(n).email)).subject).not.toBe(mail.subject)
    await context.close()
  })
})

describe('a person who books', () => {
  const w = words.pl

  test('keeps the place when changing the language', async () => {
    const p = await visitor()
    await goToTimes(p, product.url, w, '02758')
    await p.getByRole('link', { name: /^En/ }).click()
    await heading(p, 'Choose a time').waitFor()
    expect(await p.locator('main').innerText()).toContain('III Oddział w Warszawie')
    await context.close()
  })

  test('gets an answer in words for a wrong, an unknown and an empty postal code', async () => {
    const p = await visitor()
    for (const [typed, answer] of [
      ['', 'Wpisz kod pocztowy'],
      ['2758', 'Wpisz pięć cyfr kodu, na przykład 02-758'],
      ['SW1A 1AA', 'Wpisz pięć cyfr kodu, na przykład 02-758'],
      ['09-999', null],
    ] as const) {
      await p.goto(`${product.url}/kod?temat=pensions`)
      await p.locator('input[name=kod]').fill(typed)
      await button(p, w.findBranch).click()
      if (answer === null) continue
      expect(await p.locator('.errors').innerText()).toContain(answer)
      expect(await p.title()).toMatch(/^Błąd:/)
      expect(await p.locator('input[name=kod]').inputValue()).toBe(typed)
    }
    await context.close()
  })

  test('chooses another branch from the list', async () => {
    const p = await visitor()
    await p.goto(`${product.url}/oddzialy?temat=pensions`)
    await p.locator('select[name=oddzial]').selectOption('KRA')
    await p.locator('form button.btn').click()
    await heading(p, 'Wybierz termin wizyty').waitFor()
    expect(await p.locator('main').innerText()).toContain('Oddział w Krakowie')
    await context.close()
  })

  test('sees the default grid of the day, with free and taken times, from the date asked for', async () => {
    const p = await visitor()
    await p.goto(`${product.url}/termin?temat=pensions&oddzial=WAW2&od=2026-12-29`)
    const day = p.locator('fieldset.day', { hasText: '29 grudnia' })
    const shown = (await day.locator('.hour').allInnerTexts()).map((text) => text.trim().slice(0, 5))
    // The two days on the institution's own screens are subsets of this grid
    const seed = ['09:00', '09:25', '09:50', '10:15', '11:35', '12:00', '12:25', '13:15', '13:40', '14:05']
    expect(shown).toEqual(expect.arrayContaining(seed))
    expect(shown).toHaveLength(12)
    await context.close()
  })

  test('loses a time that somebody else took a moment ago, and is told so', async () => {
    const p = await visitor()
    await p.goto(`${product.url}/termin?temat=relief&oddzial=SIE&od=2026-12-28`)
    // Every seat of 9:00 goes to others while the page is open
    await product.services.db
      .updateTable('seat')
      .set({ state: 'booked' })
      .where('starts_at', '=', new Date('2026-12-28T08:00:00Z'))
      .execute()
    await takeTime(p, w, '09:00')
    expect(await p.locator('main').innerText()).toMatch(/właśnie zajął ktoś inny/)
    await context.close()
  })

  test('keeps what was typed when the hold runs out, and takes the same time again', async () => {
    const p = await visitor()
    await goToTimes(p, product.url, w, '30-001')
    await takeTime(p, w, '09:50')
    product.clock.advance({ minutes: 16 })
    await fillData(p, w, another(20))
    await heading(p, 'Czas na rezerwację minął').waitFor()
    await button(p, 'Wybierz ten sam termin jeszcze raz').click()
    await heading(p, 'Sprawdź dane przed rezerwacją').waitFor()
    expect(await p.locator('main').innerText()).toContain('osoba20@example.org')
    await consentAndBook(p, w)
    await heading(p, w.booked).waitFor()
    await context.close()
  })

  test('asks for more time once, and is told that once is all', async () => {
    const p = await visitor()
    await goToTimes(p, product.url, w, '31-001')
    await takeTime(p, w, '10:15')
    await button(p, 'Przedłuż o').click()
    const text = await p.locator('main').innerText()
    expect(text.replaceAll(/\s/g, ' ')).toMatch(/Masz czas do|tylko raz|do godz/)
    expect(await button(p, 'Przedłuż o').count()).toBe(0)
    await context.close()
  })

  test('who presses „Rezerwuję” twice, goes back and reloads has one visit', async () => {
    const p = await visitor()
    await goToTimes(p, product.url, w, '32-001')
    await takeTime(p, w, '11:35')
    await fillData(p, w, another(21))
    const address = p.url()
    const before = await seatStates('booked')
    await p.getByLabel(w.privacy).check({ force: true })
    await p.getByLabel(w.recording).check({ force: true })
    await button(p, w.book).dblclick()
    await heading(p, w.booked).waitFor()
    const number = await visitNumberOn(p)
    await p.reload()
    expect(await visitNumberOn(p)).toBe(number)
    await p.goto(address)
    await heading(p, w.booked).waitFor()
    expect(await visitNumberOn(p)).toBe(number)
    expect(await seatStates('booked')).toBe(before + 1)
    await context.close()
  })

  test('with two tabs holds one time, and the first tab says what became of its own', async () => {
    const first = await visitor()
    await goToTimes(first, product.url, w, '33-001')
    await takeTime(first, w, '12:25')
    const second = await context.newPage()
    await goToTimes(second, product.url, w, '33-001')
    await takeTime(second, w, '13:15')
    await fillData(first, w, another(22))
    await heading(first, 'Czas na rezerwację minął').waitFor()
    expect(await first.locator('main').innerText()).not.toContain('Coś się u nas popsuło')
    await fillData(second, w, another(22))
    await consentAndBook(second, w)
    await heading(second, w.booked).waitFor()
    await context.close()
  })

  test('without ticking the consents learns which ones are needed', async () => {
    const p = await visitor({ javaScriptEnabled: false })
    await goToTimes(p, product.url, w, '35-001')
    await takeTime(p, w, '12:00')
    await fillData(p, w, { ...another(23), guardian: { firstName: 'Tomasz', lastName: 'Wiśniewski' } })
    await button(p, w.book).click()
    const errors = await p.locator('.errors').innerText()
    expect(errors).toContain('Zaznacz zgodę na przetwarzanie danych osobowych')
    expect(errors).toContain('Zaznacz zgodę na nagranie e-wizyty')
    expect(errors).toContain('Potwierdź, że opiekun wie')
    await consentAndBook(p, w, true)
    await heading(p, w.booked).waitFor()
    await context.close()
  })

  test('cannot book the same topic twice, nor more than three visits', async () => {
    const p = await visitor()
    await book(p, product.url, { postalCode: '40-001', who: another(24) })
    await goToTimes(p, product.url, w, '40-001')
    await takeTime(p, w, '13:40')
    await fillData(p, w, another(24))
    await consentAndBook(p, w)
    await heading(p, 'Masz już wizytę na ten temat').waitFor()
    await context.close()
  })

  test('finds the visit by number and e-mail and moves it to another time', async () => {
    const p = await visitor()
    const who = another(25)
    const number = await book(p, product.url, { postalCode: '41-500', who })
    await p.goto(`${product.url}/znajdz`)
    await p
      .locator('input[name=numer], input[name=number]')
      .first()
      .fill(number.toLowerCase().replaceAll('-', ' '))
    await p.locator('input[type=email]').first().fill(who.email.toUpperCase())
    await button(p, 'Znajdź wizytę').click()
    await heading(p, 'Twoja wizyta').waitFor()
    await link(p, 'Zmień termin').or(button(p, 'Zmień termin')).first().click()
    await p.locator('.hour input').nth(3).check({ force: true })
    await p.locator('form button.btn').last().click()
    await button(p, 'Zmieniam termin').click()
    await p.getByText('Termin zmieniony').waitFor()
    await product.messagesSent()
    expect((await emailTo(product, who.email)).subject).toMatch(/Nowy termin e-wizyty/)
    await context.close()
  })

  test('does everything by keyboard alone', async () => {
    const p = await visitor({ viewport: { width: 1280, height: 800 } })
    await p.goto(`${product.url}/temat`)
    await tabTo(p, 'input[type=radio]')
    await p.keyboard.press('Space')
    await p.keyboard.press('Enter')
    await p.locator('input[name=kod]').waitFor()
    await tabTo(p, 'input[name=kod]')
    await p.keyboard.type('50-001')
    await p.keyboard.press('Enter')
    await heading(p, 'Twój oddział').waitFor()
    await tabTo(p, 'a.btn, button.btn')
    await p.keyboard.press('Enter')
    await heading(p, 'Wybierz termin wizyty').waitFor()
    await tabTo(p, '.hour input')
    await p.keyboard.press('Space')
    await p.keyboard.press('Enter')
    await heading(p, 'Twoje dane').waitFor()
    for (const [name, value] of [
      ['firstName', 'Jan'],
      ['lastName', 'Kowalski'],
      ['phone', '602 000 026'],
      ['email', 'osoba26@example.org'],
    ] as const) {
      await tabTo(p, `input[name=${name}]`)
      await p.keyboard.type(value)
    }
    await p.keyboard.press('Enter')
    await heading(p, 'Sprawdź dane przed rezerwacją').waitFor()
    for (let box = 0; box < 2; box++) {
      await tabTo(p, 'input[type=checkbox]:not(:checked)')
      await p.keyboard.press('Space')
    }
    await tabTo(p, '.btn-ready')
    await p.keyboard.press('Enter')
    await heading(p, w.booked).waitFor()
    await context.close()
  })
})

const mostTabs = 80

/** Presses Tab until the focus is on something that matches. */
async function tabTo(p: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < mostTabs; presses++) {
    await p.keyboard.press('Tab')
    if (await p.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return
  }
  throw new Error(`The keyboard does not reach ${selector}`)
}

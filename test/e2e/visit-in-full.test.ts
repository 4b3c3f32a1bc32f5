import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from 'vitest'
import { axeFindings } from '../support/axe'
import { type BrowserPerson, launchPerson } from '../support/browser'
import { startTestProduct, type TestProduct } from '../support/test-product'
import { book, button, halina } from './citizen'
import { emailTo } from './mailbox'
import { signIn } from './officer'
import {
  citizenAtOfficer,
  endVisit,
  enterWaitingRoom,
  linkIn,
  officerAtCitizen,
  patience,
  seesMoving,
  startCall,
  state,
  visitRow,
} from './visit-people'
import { tellWhatThePageSaid } from './what-the-page-said'

let product: TestProduct
let citizen: BrowserPerson
let officer: BrowserPerson

beforeAll(async () => {
  product = await startTestProduct(inject('postgresUrl'))
  citizen = await launchPerson({ camera: 'client', viewport: { width: 360, height: 740 } })
  officer = await launchPerson({ camera: 'officer', viewport: { width: 1366, height: 768 } })
})
afterAll(async () => {
  await citizen.close()
  await officer.close()
  await product.stop()
})
afterEach(async (context) => {
  await tellWhatThePageSaid(context, citizen.page)
  await tellWhatThePageSaid(context, officer.page)
})

/** A video that has decoded a picture. */
const shows = (page: Page, video: string) =>
  vi.waitFor(
    async () =>
      expect(
        await page.locator(video).evaluate((element: HTMLVideoElement) => element.videoWidth),
      ).toBeGreaterThan(0),
    patience,
  )

test('screens, identity, an application, the chat, a warning and a follow-up: a visit from the call to the rating', async () => {
  const address = 'pelna@example.org'
  const who = { ...halina, phone: '601 555 401', email: address }
  const number = await book(citizen.page, product.url, { postalCode: '00-000', who })
  const visit = await visitRow(product, number)
  await product.messagesSent()
  const meeting = linkIn((await emailTo(product, address)).text, 'spotkanie')
  product.clock.set(new Date(visit.starts_at.getTime() - 60_000))
  await enterWaitingRoom(citizen.page, meeting)
  await signIn(officer.page, product.url, 'ewa.maj@example.org')
  await startCall(officer.page, citizen.page, 'Halina Wiśniewska')
  await seesMoving(officer.page, citizenAtOfficer, 'client')

  // The chat, both ways
  await officer.page.locator('#czat-tekst').fill('Dzień dobry, proszę pisać tutaj.')
  await officer.page.locator('#czat-tekst').press('Enter')
  await citizen.page.locator('#czat-otworz[data-unread="1"]').click()
  await citizen.page.getByText('Dzień dobry, proszę pisać tutaj.').waitFor()
  await citizen.page.locator('#czat-tekst').fill('Dziękuję, słychać dobrze.')
  await citizen.page.locator('#czat-tekst').press('Enter')
  await officer.page.getByText('Dziękuję, słychać dobrze.').waitFor()
  expect(await axeFindings(citizen.page)).toEqual([])
  await citizen.page.locator('#czat-zamknij').click()

  // Both show their screen: it comes as a picture of its own beside the camera's
  await button(officer.page, 'Pokaż ekran').click()
  await shows(citizen.page, '#ekran-pracownika-obraz')
  await seesMoving(officer.page, citizenAtOfficer, 'client')
  await button(citizen.page, 'Pokaż swój ekran').click()
  await shows(officer.page, '#ekran-klienta')
  await button(citizen.page, 'Przestań pokazywać').click()
  await officer.page.locator('#ekran-klienta').waitFor({ state: 'detached' })
  await seesMoving(officer.page, citizenAtOfficer, 'client')
  await button(officer.page, 'Przestań pokazywać').click()
  await citizen.page.locator('#ekran-pracownika').waitFor({ state: 'hidden' })
  await seesMoving(citizen.page, officerAtCitizen, 'officer')

  // A warning has to be read
  await officer.page.locator('#ostrzezenie').selectOption('noise')
  await button(officer.page, 'Ostrzeż').click()
  await citizen.page.getByText('U Ciebie jest za głośno').waitFor()
  expect(await axeFindings(citizen.page)).toEqual([])
  await button(citizen.page, 'Rozumiem').click()
  await officer.page.getByText('Klient potwierdził ostrzeżenie').waitFor()

  // Without a confirmed identity there is no application
  await officer.page.getByText('Ta czynność wymaga potwierdzonej tożsamości.').waitFor()
  await button(officer.page, 'Zacznij sprawdzanie').click()
  await citizen.page.getByText('Spójrz prosto w kamerę.').waitFor()
  await button(officer.page, 'Dalej').click()
  await citizen.page.getByText('Pokaż przód dokumentu').waitFor()
  await button(officer.page, 'Poproś: bliżej').click()
  await citizen.page.getByText('Przysuń dokument bliżej.').waitFor()
  await button(officer.page, 'Dalej').click()
  await button(officer.page, 'Dalej').click()
  await button(officer.page, 'Zgadza się').click()
  await officer.page.getByText('Zaznacz wszystkie punkty').waitFor()
  for (const check of ['Twarz zgadza się', 'Imię i nazwisko zgadzają', 'Dokument jest ważny'])
    await officer.page.getByText(check).click()
  await officer.page.locator('#dokument').selectOption('idCard')
  expect(await axeFindings(officer.page)).toEqual([])
  await button(officer.page, 'Zgadza się').click()
  await officer.page.getByText('Tożsamość potwierdzona').waitFor()

  await officer.page.getByText('Wniosek o zaświadczenie').click()
  await officer.page.locator('#rodzaj').selectOption('brak-zaleglosci')
  await officer.page.locator('#cel').fill('kredyt w banku')
  await button(officer.page, 'Przyjmij wniosek').click()
  await officer.page.getByText('Odczytaj klientowi rodzaj i cel').waitFor()
  await officer.page.locator('#odczytane').check()
  await button(officer.page, 'Przyjmij wniosek').click()
  const accepted = officer.page.locator('[data-reference]')
  await accepted.waitFor()
  const reference = (await accepted.getAttribute('data-reference')) ?? ''
  await officer.page.getByText('Informacje ogólne', { exact: true }).click()
  expect(await axeFindings(officer.page)).toEqual([])

  // A reload of either side keeps all of it
  await officer.page.reload()
  await officer.page.getByText('Tożsamość potwierdzona').waitFor()
  await officer.page.getByText('Dziękuję, słychać dobrze.').waitFor()

  await officer.page.locator('#wyjasnienie').fill('Zaświadczenie przyjdzie w ciągu siedmiu dni.')
  await endVisit(officer.page)
  await state(citizen.page, 'ended').catch(() => undefined)
  await citizen.page.getByText(reference).first().waitFor()
  const summary = await citizen.page.locator('main').innerText()
  expect(summary).toContain('Tożsamość: potwierdzona')
  expect(summary).toContain('Udzieliliśmy informacji ogólnych.')
  expect(summary).toContain('Zaświadczenie przyjdzie w ciągu siedmiu dni.')
  expect(await axeFindings(citizen.page)).toEqual([])

  await product.messagesSent()
  await vi.waitFor(async () => {
    const email = await emailTo(product, address)
    expect(email.subject).toContain('Podsumowanie')
    expect(email.text).toContain(reference)
  }, patience)

  await citizen.page.getByText('Bardzo dobrze').click()
  await button(citizen.page, 'Wyślij ocenę').click()
  await citizen.page.getByText('Dziękujemy za ocenę.').waitFor()
})

import type { Page } from 'playwright-core'
import { expect, test, vi } from 'vitest'
import { axeFindings } from '../support/axe'
import { book, button, halina } from './citizen'
import { emailTo } from './mailbox'
import { signIn } from './officer'
import { twoPeople } from './two-people'
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

const people = twoPeople()

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
  const number = await book(people.citizen.page, people.product.url, { postalCode: '00-000', who })
  const visit = await visitRow(people.product, number)
  await people.product.messagesSent()
  const meeting = linkIn((await emailTo(people.product, address)).text, 'spotkanie')
  people.product.clock.set(new Date(visit.starts_at.getTime() - 60_000))
  await enterWaitingRoom(people.citizen.page, meeting)
  await signIn(people.officer.page, people.product.url, 'ewa.maj@example.org')
  await startCall(people.officer.page, people.citizen.page, 'Halina Wiśniewska')
  await seesMoving(people.officer.page, citizenAtOfficer, 'client')

  // The chat, both ways
  await people.officer.page.locator('#czat-tekst').fill('Dzień dobry, proszę pisać tutaj.')
  await people.officer.page.locator('#czat-tekst').press('Enter')
  await people.citizen.page.locator('#czat-otworz[data-unread="1"]').click()
  await people.citizen.page.getByText('Dzień dobry, proszę pisać tutaj.').waitFor()
  await people.citizen.page.locator('#czat-tekst').fill('Dziękuję, słychać dobrze.')
  await people.citizen.page.locator('#czat-tekst').press('Enter')
  await people.officer.page.getByText('Dziękuję, słychać dobrze.').waitFor()
  expect(await axeFindings(people.citizen.page)).toEqual([])
  await people.citizen.page.locator('#czat-zamknij').click()

  // Both show their screen: it comes as a picture of its own beside the camera's
  await button(people.officer.page, 'Pokaż ekran').click()
  await shows(people.citizen.page, '#ekran-pracownika-obraz')
  await seesMoving(people.officer.page, citizenAtOfficer, 'client')
  await button(people.citizen.page, 'Pokaż swój ekran').click()
  await shows(people.officer.page, '#ekran-klienta')
  await button(people.citizen.page, 'Przestań pokazywać').click()
  await people.officer.page.locator('#ekran-klienta').waitFor({ state: 'detached' })
  await seesMoving(people.officer.page, citizenAtOfficer, 'client')
  await button(people.officer.page, 'Przestań pokazywać').click()
  await people.citizen.page.locator('#ekran-pracownika').waitFor({ state: 'hidden' })
  await seesMoving(people.citizen.page, officerAtCitizen, 'officer')

  // A warning has to be read
  await people.officer.page.locator('#ostrzezenie').selectOption('noise')
  await button(people.officer.page, 'Ostrzeż').click()
  await people.citizen.page.getByText('U Ciebie jest za głośno').waitFor()
  expect(await axeFindings(people.citizen.page)).toEqual([])
  await button(people.citizen.page, 'Rozumiem').click()
  await people.officer.page.getByText('Klient potwierdził ostrzeżenie').waitFor()

  // Without a confirmed identity there is no application
  await people.officer.page.getByText('Ta czynność wymaga potwierdzonej tożsamości.').waitFor()
  await button(people.officer.page, 'Zacznij sprawdzanie').click()
  await people.citizen.page.getByText('Spójrz prosto w kamerę.').waitFor()
  await button(people.officer.page, 'Dalej').click()
  await people.citizen.page.getByText('Pokaż przód dokumentu').waitFor()
  await button(people.officer.page, 'Poproś: bliżej').click()
  await people.citizen.page.getByText('Przysuń dokument bliżej.').waitFor()
  await button(people.officer.page, 'Dalej').click()
  await button(people.officer.page, 'Dalej').click()
  await button(people.officer.page, 'Zgadza się').click()
  await people.officer.page.getByText('Zaznacz wszystkie punkty').waitFor()
  for (const check of ['Twarz zgadza się', 'Imię i nazwisko zgadzają', 'Dokument jest ważny'])
    await people.officer.page.getByText(check).click()
  await people.officer.page.locator('#dokument').selectOption('idCard')
  expect(await axeFindings(people.officer.page)).toEqual([])
  await button(people.officer.page, 'Zgadza się').click()
  await people.officer.page.getByText('Tożsamość potwierdzona').waitFor()

  await people.officer.page.getByText('Wniosek o zaświadczenie').click()
  await people.officer.page.locator('#rodzaj').selectOption('brak-zaleglosci')
  await people.officer.page.locator('#cel').fill('kredyt w banku')
  await button(people.officer.page, 'Przyjmij wniosek').click()
  await people.officer.page.getByText('Odczytaj klientowi rodzaj i cel').waitFor()
  await people.officer.page.locator('#odczytane').check()
  await button(people.officer.page, 'Przyjmij wniosek').click()
  const accepted = people.officer.page.locator('[data-reference]')
  await accepted.waitFor()
  const reference = (await accepted.getAttribute('data-reference')) ?? ''
  await people.officer.page.getByText('Informacje ogólne', { exact: true }).click()
  expect(await axeFindings(people.officer.page)).toEqual([])

  // What is being written to the client is kept while it is written
  await people.officer.page.locator('#wyjasnienie').fill('Numer dowodu to ABC 123456.')
  await people.officer.page.locator('#wyjasnienie-stan').getByText('numer dokumentu').waitFor()
  await people.officer.page.locator('#wyjasnienie').fill('Zaświadczenie przyjdzie w ciągu siedmiu dni.')
  await people.officer.page.getByText('Ustalenia zapisane').waitFor()

  // The keys, and their list
  await people.officer.page.locator('#tozsamosc-tytul').focus()
  await people.officer.page.keyboard.press('m')
  await button(people.officer.page, 'Włącz mikrofon').waitFor()
  await people.officer.page.keyboard.press('m')
  await people.officer.page.keyboard.press('?')
  await people.officer.page.getByText('T – tożsamość').waitFor()
  expect(await axeFindings(people.officer.page)).toEqual([])
  await people.officer.page.getByText('Używaj skrótów').click()
  await people.officer.page.locator('#tozsamosc-tytul').focus()
  await people.officer.page.keyboard.press('m')
  await people.officer.page.keyboard.press('Escape')
  await people.officer.page.getByText('T – tożsamość').waitFor({ state: 'hidden' })
  await button(people.officer.page, 'Wycisz').waitFor()

  // A reload of either side keeps all of it
  await people.officer.page.reload()
  await people.officer.page.getByText('Tożsamość potwierdzona').waitFor()
  await people.officer.page.getByText('Dziękuję, słychać dobrze.').waitFor()

  expect(await people.officer.page.locator('#wyjasnienie').inputValue()).toBe(
    'Zaświadczenie przyjdzie w ciągu siedmiu dni.',
  )
  await endVisit(people.officer.page)
  await state(people.citizen.page, 'ended').catch(() => undefined)
  await people.citizen.page.getByText(reference).first().waitFor()
  const summary = await people.citizen.page.locator('main').innerText()
  expect(summary).toContain('Tożsamość: potwierdzona')
  expect(summary).toContain('Udzieliliśmy informacji ogólnych.')
  expect(summary).toContain('Zaświadczenie przyjdzie w ciągu siedmiu dni.')
  expect(await axeFindings(people.citizen.page)).toEqual([])

  await people.product.messagesSent()
  await vi.waitFor(async () => {
    const email = await emailTo(people.product, address)
    expect(email.subject).toContain('Podsumowanie')
    expect(email.text).toContain(reference)
  }, patience)

  await people.citizen.page.getByText('Bardzo dobrze').click()
  await button(people.citizen.page, 'Wyślij ocenę').click()
  await people.citizen.page.getByText('Dziękujemy za ocenę.').waitFor()
})

import type { Page } from 'playwright-core'

/** What a citizen tells the form. */
export interface CitizenData {
  firstName: string
  lastName: string
  phone: string
  email: string
  guardian?: { firstName: string; lastName: string }
}

export const halina: CitizenData = {
  firstName: 'Halina',
  lastName: 'Wiśniewska',
  phone: '601 234 567',
  email: 'halina@example.org',
}

/** Words on the pages of one language, as a person reads them. */
export interface PageWords {
  prefix: string
  start: string
  topic: string
  next: string
  postalCode: string
  findBranch: string
  showTimes: string
  takeTime: string
  firstName: string
  lastName: string
  phone: string
  email: string
  guardian: string
  guardianFirstName: string
  guardianLastName: string
  privacy: RegExp
  recording: RegExp
  guardianConsent: RegExp
  book: string
  booked: string
}

export const words: Record<'pl' | 'en' | 'uk', PageWords> = {
  pl: {
    prefix: '',
    start: 'Umów e-wizytę',
    topic: 'Emerytury i renty',
    next: 'Dalej',
    postalCode: 'Kod pocztowy',
    findBranch: 'Znajdź oddział',
    showTimes: 'Pokaż wolne terminy',
    takeTime: 'Wybieram ten termin',
    firstName: 'Imię',
    lastName: 'Nazwisko',
    phone: 'Numer telefonu',
    email: 'Adres e-mail',
    guardian: 'W rozmowie weźmie udział opiekun',
    guardianFirstName: 'Imię opiekuna',
    guardianLastName: 'Nazwisko opiekuna',
    privacy: /Zgadzam się na przetwarzanie/,
    recording: /Zgadzam się na nagranie/,
    guardianConsent: /Opiekun wie/,
    book: 'Rezerwuję',
    booked: 'Wizyta zarezerwowana',
  },
  en: {
    prefix: '/en',
    start: 'Book an e-visit',
    topic: 'Retirement and disability pensions',
    next: 'Continue',
    postalCode: 'Postal code',
    findBranch: 'Find the branch',
    showTimes: 'Show free times',
    takeTime: 'Choose this time',
    firstName: 'First name',
    lastName: 'Last name',
    phone: 'Phone number',
    email: 'E-mail address',
    guardian: 'A guardian will take part in the call',
    guardianFirstName: 'Guardian’s first name',
    guardianLastName: 'Guardian’s last name',
    privacy: /I agree to the processing/,
    recording: /I agree to the picture and sound/,
    guardianConsent: /The guardian knows/,
    book: 'Book the visit',
    booked: 'Your visit is booked',
  },
  uk: {
    prefix: '/uk',
    start: 'Записатися на е-візит',
    topic: 'Пенсії (emerytury i renty)',
    next: 'Далі',
    postalCode: 'Поштовий індекс',
    findBranch: 'Знайти відділення',
    showTimes: 'Показати вільний час',
    takeTime: 'Обрати цей час',
    firstName: 'Ім’я',
    lastName: 'Прізвище',
    phone: 'Номер телефону',
    email: 'Адреса електронної пошти',
    guardian: 'У розмові братиме участь опікун',
    guardianFirstName: 'Ім’я опікуна',
    guardianLastName: 'Прізвище опікуна',
    privacy: /Я\sпогоджуюся\sна\sобробку/,
    recording: /Я\sпогоджуюся\sна\sзапис/,
    guardianConsent: /Опікун знає/,
    book: 'Записатися',
    booked: 'Вас записано на візит',
  },
}

/** Non-breaking spaces look like ordinary ones to a reader. */
const asRead = (text: string): RegExp =>
  new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\s/g, '\\s')}`)

export const button = (page: Page, name: string) => page.getByRole('button', { name: asRead(name) })
export const link = (page: Page, name: string) => page.getByRole('link', { name: asRead(name) })
export const field = (page: Page, name: string) => page.getByLabel(asRead(name))
export const heading = (page: Page, name: string) => page.getByRole('heading', { name: asRead(name) })

/** From the start page to the list of times of the branch that serves the postal code. */
export async function goToTimes(page: Page, url: string, w: PageWords, postalCode: string): Promise<void> {
  await page.goto(`${url}${w.prefix || '/'}`)
  await link(page, w.start).first().click()
  await page.getByRole('radio', { name: asRead(w.topic) }).check()
  await button(page, w.next).click()
  await field(page, w.postalCode).fill(postalCode)
  await button(page, w.findBranch).click()
  await link(page, w.showTimes).or(button(page, w.showTimes)).click()
}

/** Takes the time on the page: `time` as it stands on the button, the first free one otherwise. */
export async function takeTime(page: Page, w: PageWords, time?: string): Promise<void> {
  const times = page.locator('.hour input[type=radio]')
  const choice =
    time === undefined ? times.first() : page.locator('.hour', { hasText: time }).locator('input').first()
  await choice.check({ force: true })
  await button(page, w.takeTime).click()
}

export async function fillData(page: Page, w: PageWords, who: CitizenData): Promise<void> {
  await page.getByLabel(asRead(w.firstName)).first().fill(who.firstName)
  await page.getByLabel(asRead(w.lastName)).first().fill(who.lastName)
  await field(page, w.phone).fill(who.phone)
  await field(page, w.email).fill(who.email)
  if (who.guardian) {
    await page.getByLabel(asRead(w.guardian)).check({ force: true })
    await field(page, w.guardianFirstName).fill(who.guardian.firstName)
    await field(page, w.guardianLastName).fill(who.guardian.lastName)
  }
  await button(page, w.next).click()
}

export async function consentAndBook(page: Page, w: PageWords, withGuardian = false): Promise<void> {
  await page.getByLabel(w.privacy).check({ force: true })
  await page.getByLabel(w.recording).check({ force: true })
  if (withGuardian) await page.getByLabel(w.guardianConsent).check({ force: true })
  await button(page, w.book).click()
}

/** The whole booking; returns the visit's number as the confirmation shows it. */
export async function book(
  page: Page,
  url: string,
  options: { language?: 'pl' | 'en' | 'uk'; postalCode?: string; who?: CitizenData } = {},
): Promise<string> {
  const w = words[options.language ?? 'pl']
  const who = options.who ?? halina
  await goToTimes(page, url, w, options.postalCode ?? '02-758')
  await takeTime(page, w)
  await fillData(page, w, who)
  await consentAndBook(page, w, who.guardian !== undefined)
  await heading(page, w.booked).waitFor()
  return visitNumberOn(page)
}

export async function visitNumberOn(page: Page): Promise<string> {
  const text = await page.locator('main').innerText()
  const number = /EW-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)?.[0]
  if (number === undefined) throw new Error('The page shows no visit number')
  return number
}

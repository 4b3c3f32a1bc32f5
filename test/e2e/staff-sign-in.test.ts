import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { samplePassword } from '../../src/main/demo/sample-staff'
import { codeOfApp } from '../support/authenticator-app'
import { axeFindings } from '../support/axe'
import { fakeClock } from '../support/fake-clock'
import { reserveProvider, startProvider, type TestIdentityProvider } from '../support/oidc-provider'
import { launchBrowser } from '../support/plain-browser'
import { startTestProduct, type TestProduct } from '../support/test-product'
import { emailTo } from './mailbox'

let product: TestProduct
let provider: TestIdentityProvider
let browser: Browser

beforeAll(async () => {
  const reserved = await reserveProvider()
  const clock = fakeClock(new Date())
  product = await startTestProduct(inject('postgresUrl'), {
    clock,
    signIn: { secondFactor: true, oidc: reserved.config },
  })
  provider = await startProvider(reserved, {
    productUrl: product.url,
    people: {
      basia: { name: 'Basia Nowa', email: 'basia@example.org', roles: ['EW-Pracownik'], branch: 'POKAZ' },
    },
  })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await provider.stop()
  await product.stop()
})

async function openBrowser(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'pl-PL' })
  return context.newPage()
}

/** A security key that is always touched. */
async function plugInKey(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'usb', automaticPresenceSimulation: true },
  })
}

const found: Record<string, string[]> = {}
/** Looks at the page as it is, and whether it fits a phone. */
async function look(page: Page, state: string): Promise<void> {
  const findings = await axeFindings(page)
  await page.setViewportSize({ width: 360, height: 740 })
  if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth))
    findings.push('the page scrolls sideways on a phone')
  if (findings.length > 0) found[state] = findings
  await page.setViewportSize({ width: 1366, height: 768 })
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const follow = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click()
async function typePassword(page: Page, email: string, password: string): Promise<void> {
  await page.goto(`${product.url}/pracownik`)
  await page.getByLabel('Służbowy e-mail').fill(email)
  await page.getByLabel('Hasło').fill(password)
  await press(page, 'Zaloguj się')
}
const signOut = (page: Page) => press(page, 'Wyloguj się')

/** The link in the newest e-mail to an address. */
async function linkTo(address: string): Promise<string> {
  await product.messagesSent()
  const { text } = await emailTo(product, address)
  return /http\S+\/pracownik\/haslo\/\S+/.exec(text)?.[0] ?? ''
}

test('an administrator adds a security key, invites Marta, who sets a password, an app and recovery codes', async () => {
  const zofia = await openBrowser()
  await plugInKey(zofia)
  await zofia.goto(`${product.url}/pracownik`)
  await look(zofia, 'the door')
  await typePassword(zofia, 'zofia.bak@example.org', samplePassword)
  await zofia.getByText('Zanim wejdziesz dalej').waitFor()
  await look(zofia, 'the first second factor')
  await zofia.getByLabel('Nazwa, po której go poznasz').fill('Klucz na smyczy')
  await press(zofia, 'Dodaj klucz dostępu')
  await zofia.getByRole('heading', { name: 'Kody zapasowe' }).waitFor()
  await look(zofia, 'recovery codes')
  await follow(zofia, 'Zrobię to później')
  await zofia.waitForURL('**/pracownik/konto*')
  await look(zofia, 'the account')
  await signOut(zofia)

  await typePassword(zofia, 'zofia.bak@example.org', samplePassword)
  await zofia.getByRole('heading', { name: 'Potwierdź, że to Ty' }).waitFor()
  await look(zofia, 'the second step')
  await press(zofia, 'Użyj klucza dostępu')
  await zofia.waitForURL('**/pracownik/stan')

  await zofia.goto(`${product.url}/pracownik/ustawienia`)
  await follow(zofia, 'Pracownicy')
  await look(zofia, 'accounts')
  await follow(zofia, 'Zaproś')
  await press(zofia, 'Wyślij zaproszenie')
  await look(zofia, 'an invitation with mistakes')
  await zofia.getByLabel('Imię i nazwisko').fill('Marta Kos')
  await zofia.getByLabel('Służbowy e-mail').fill('marta.kos@example.org')
  await zofia.getByLabel('Rola').selectOption('pracownik')
  await zofia.getByLabel('Oddział').selectOption('Oddział pokazowy (całą dobę)')
  await press(zofia, 'Wyślij zaproszenie')
  await zofia.getByText('Zaproszenie jest w drodze').waitFor()
  await look(zofia, 'an account')

  const marta = await openBrowser()
  await marta.goto(await linkTo('marta.kos@example.org'))
  await look(marta, 'an invitation by e-mail')
  await marta.getByLabel('Nowe hasło').fill('krótkie')
  await press(marta, 'Ustaw hasło')
  await look(marta, 'a password that is too short')
  await marta.getByLabel('Nowe hasło').fill('kot pije zimne mleko')
  await press(marta, 'Ustaw hasło')
  await marta.getByText('Hasło jest ustawione').waitFor()
  await typePassword(marta, 'marta.kos@example.org', 'kot pije zimne mleko')
  const seed = (await marta.locator('.seed').innerText()).replaceAll(' ', '')
  await marta.getByRole('img', { name: 'Kod QR do zeskanowania w aplikacji' }).waitFor()
  await marta.getByLabel('Kod, który pokazuje aplikacja').fill(codeOfApp(seed, product.clock.now()))
  await press(marta, 'Dodaj aplikację')
  await press(marta, 'Pokaż nowe kody')
  const [recovery = ''] = await marta.locator('.codes li').allInnerTexts()
  await look(marta, 'recovery codes shown')
  await follow(marta, 'Kody są zapisane')
  await marta.getByText('Został').first().waitFor()
  await signOut(marta)

  await typePassword(marta, 'marta.kos@example.org', 'kot pije zimne mleko')
  await marta.getByLabel('Kod z aplikacji').fill('000000')
  await press(marta, 'Potwierdź')
  await look(marta, 'a wrong code')
  await marta.getByLabel('Kod z aplikacji').fill(recovery)
  await press(marta, 'Potwierdź')
  await marta.waitForURL('**/pracownik/dzien*')

  // Closed by the administrator while the day is open: the page says so by itself
  await zofia.goto(`${product.url}/pracownik/ustawienia/pracownicy`)
  await follow(zofia, 'Marta Kos')
  await press(zofia, 'Zamknij konto')
  await zofia.getByText('Konto jest zamknięte').waitFor()
  await marta.waitForURL((url) => url.pathname === '/pracownik')
})

test('Basia signs in and out with the account of her institution', async () => {
  const basia = await openBrowser()
  await basia.goto(`${product.url}/pracownik`)
  await follow(basia, 'Zaloguj się kontem ZUS')
  await basia.locator('input[name=login]').fill('basia')
  await basia.locator('input[name=password]').fill('x')
  await basia.locator('button[type=submit]').click()
  await basia.locator('button[type=submit]').click()
  await basia.waitForURL(`${product.url}/pracownik/dzien*`)
  await basia.getByRole('link', { name: /^Moje konto/ }).click()
  await basia.getByText('Logujesz się kontem ZUS').waitFor()
  await look(basia, 'an account of the provider')
  await signOut(basia)
  // By itself on to the provider, which asks and leads back
  await basia.waitForURL(`${provider.issuer}/session/end*`)
  await basia.locator('button[name=logout]').click()
  await basia.waitForURL(`${product.url}/pracownik`)
  await follow(basia, 'Zaloguj się kontem ZUS')
  await basia.locator('input[name=login]').waitFor()
})

test('a forgotten password is set anew by keyboard alone, with a link that works once', async () => {
  const page = await openBrowser()
  await page.goto(`${product.url}/pracownik`)
  await page.getByRole('link', { name: 'Nie pamiętasz hasła?' }).focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('Służbowy e-mail').focus()
  await look(page, 'a forgotten password')
  await page.keyboard.type('adam.rys@example.org')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Sprawdź pocztę' }).waitFor()
  await look(page, 'a link on its way')
  const link = await linkTo('adam.rys@example.org')
  await page.goto(link)
  await page.getByLabel('Nowe hasło').focus()
  await page.keyboard.type('kot pije zimne mleko')
  await page.keyboard.press('Enter')
  await page.getByText('Hasło jest ustawione').waitFor()
  await page.goto(link)
  await page.getByRole('heading', { name: 'Ten link już nie działa' }).waitFor()
  await look(page, 'a link that was used')
})

test('axe finds nothing on any of these pages, and none scrolls sideways', () => {
  expect(found).toEqual({})
})

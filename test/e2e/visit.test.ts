import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { axeFindings } from '../support/axe'
import { type BrowserPerson, launchPerson } from '../support/browser'
import { startTestProduct, type TestProduct } from '../support/test-product'
import {
  book,
  button,
  type CitizenData,
  consentAndBook,
  fillData,
  halina,
  visitNumberOn,
  words,
} from './citizen'
import { emailTo, smsTo } from './mailbox'
import { signIn } from './officer'
import {
  citizenAtOfficer,
  endVisit,
  enterWaitingRoom,
  hears,
  linkIn,
  officerAtCitizen,
  patience,
  seesMoving,
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

const bookHere = (who: CitizenData) => book(citizen.page, product.url, { postalCode: '00-000', who })

describe('a visit', () => {
  test('goes from booking over both reminders to a call in which both see and hear each other', async () => {
    const number = await bookHere({ ...halina, phone: '601 555 001', email: 'rozmowa@example.org' })
    await product.messagesSent()
    const visit = await visitRow(product, number)

    // The day before: an SMS, unless it was booked inside that window; an hour before: an e-mail
    product.clock.set(new Date(visit.starts_at.getTime() - 55 * 60_000))
    await product.messagesSent()
    product.clock.set(new Date(visit.starts_at.getTime() - 2 * 60_000))
    const confirmation = await emailTo(product, 'rozmowa@example.org')
    const meetingUrl = linkIn(confirmation.text, 'spotkanie')
    expect(meetingUrl).toContain('/spotkanie/')

    await enterWaitingRoom(citizen.page, meetingUrl)
    await vi.waitFor(async () => expect((await visitRow(product, number)).state).toBe('waiting'), patience)
    expect(await axeFindings(citizen.page)).toEqual([])

    await signIn(officer.page, product.url, 'ewa.maj@example.org')
    await officer.page.getByText('Halina Wiśniewska').first().waitFor()
    await button(officer.page, 'Zaproś').first().click()
    await state(citizen.page, 'invited')
    expect(await axeFindings(citizen.page)).toEqual([])
    await button(citizen.page, 'Wejdź do rozmowy').click()

    await seesMoving(citizen.page, officerAtCitizen, 'officer')
    await seesMoving(officer.page, citizenAtOfficer, 'client')
    await hears(citizen.page, officerAtCitizen)
    await hears(officer.page, citizenAtOfficer)
    expect(await axeFindings(citizen.page)).toEqual([])
    expect(await axeFindings(officer.page)).toEqual([])

    await reloadOnBothSides(number)

    await endVisit(officer.page)
    await citizen.page.getByRole('heading', { name: /Wizyta zakończona|już się odbyła/ }).waitFor()
    expect((await visitRow(product, number)).state).toBe('completed')
    expect(await axeFindings(citizen.page)).toEqual([])
  })

  test('is reminded of by SMS the day before and by e-mail an hour before, and never when cancelled', async () => {
    const page = citizen.page
    const who = { ...halina, phone: '601 555 002', email: 'przypomnienia@example.org' }
    await page.goto(`${product.url}/termin?temat=pensions&oddzial=WAW2&od=2026-12-29`)
    await page.locator('.hour input').first().check({ force: true })
    await button(page, 'Wybieram ten termin').click()
    await fillData(page, words.pl, who)
    await consentAndBook(page, words.pl)
    const number = await visitNumberOn(page)
    await product.messagesSent()
    const { starts_at: startsAt } = await visitRow(product, number)

    expect(await smsTo(product, '+48601555002')).toEqual([])
    product.clock.set(new Date('2026-12-28T09:00:30Z'))
    await product.messagesSent()
    const [sms] = await smsTo(product, '+48601555002')
    expect(sms).toContain(number)
    expect(sms).not.toMatch(/http|Halina|Wiśniewska/)

    product.clock.set(new Date(startsAt.getTime() - 59 * 60_000))
    await product.messagesSent()
    const reminder = await emailTo(product, who.email)
    expect(reminder.subject).toMatch(/^Dziś o/)
    expect(linkIn(reminder.text, 'spotkanie')).not.toBe('')
    expect(await smsTo(product, '+48601555002')).toHaveLength(1)
  })
})

async function reloadOnBothSides(number: string): Promise<void> {
  await citizen.page.reload()
  await state(citizen.page, 'call')
  await seesMoving(citizen.page, officerAtCitizen, 'officer')
  await seesMoving(officer.page, citizenAtOfficer, 'client')
  await officer.page.reload()
  await seesMoving(officer.page, citizenAtOfficer, 'client')
  await seesMoving(citizen.page, officerAtCitizen, 'officer')
  expect((await visitRow(product, number)).state).toBe('in_progress')
}

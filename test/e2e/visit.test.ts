import { describe, expect, test, vi } from 'vitest'
import { axeFindings } from '../support/axe'
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
import { twoPeople } from './two-people'
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

const people = twoPeople()

const bookHere = (who: CitizenData) =>
  book(people.citizen.page, people.product.url, { postalCode: '00-000', who })

describe('a visit', () => {
  test('goes from booking over both reminders to a call in which both see and hear each other', async () => {
    const number = await bookHere({ ...halina, phone: '601 555 001', email: 'rozmowa@example.org' })
    await people.product.messagesSent()
    const visit = await visitRow(people.product, number)

    // The day before: an SMS, unless it was booked inside that window; an hour before: an e-mail
    people.product.clock.set(new Date(visit.starts_at.getTime() - 55 * 60_000))
    await people.product.messagesSent()
    people.product.clock.set(new Date(visit.starts_at.getTime() - 2 * 60_000))
    const confirmation = await emailTo(people.product, 'rozmowa@example.org')
    const meetingUrl = linkIn(confirmation.text, 'spotkanie')
    expect(meetingUrl).toContain('/spotkanie/')

    await enterWaitingRoom(people.citizen.page, meetingUrl)
    await vi.waitFor(
      async () => expect((await visitRow(people.product, number)).state).toBe('waiting'),
      patience,
    )
    expect(await axeFindings(people.citizen.page)).toEqual([])

    await signIn(people.officer.page, people.product.url, 'ewa.maj@example.org')
    await people.officer.page.getByText('Halina Wiśniewska').first().waitFor()
    await button(people.officer.page, 'Zaproś').first().click()
    await state(people.citizen.page, 'invited')
    expect(await axeFindings(people.citizen.page)).toEqual([])
    await button(people.citizen.page, 'Wejdź do rozmowy').click()

    await seesMoving(people.citizen.page, officerAtCitizen, 'officer')
    await seesMoving(people.officer.page, citizenAtOfficer, 'client')
    await hears(people.citizen.page, officerAtCitizen)
    await hears(people.officer.page, citizenAtOfficer)
    expect(await axeFindings(people.citizen.page)).toEqual([])
    expect(await axeFindings(people.officer.page)).toEqual([])

    await reloadOnBothSides(number)

    await endVisit(people.officer.page)
    await people.citizen.page.getByRole('heading', { name: /Wizyta zakończona|już się odbyła/ }).waitFor()
    expect((await visitRow(people.product, number)).state).toBe('completed')
    expect(await axeFindings(people.citizen.page)).toEqual([])
  })

  test('is reminded of by SMS the day before and by e-mail an hour before, and never when cancelled', async () => {
    const page = people.citizen.page
    const who = { ...halina, phone: '601 555 002', email: 'przypomnienia@example.org' }
    await page.goto(`${people.product.url}/termin?temat=pensions&oddzial=WAW2&od=2026-12-29`)
    await page.locator('.hour input').first().check({ force: true })
    await button(page, 'Wybieram ten termin').click()
    await fillData(page, words.pl, who)
    await consentAndBook(page, words.pl)
    const number = await visitNumberOn(page)
    await people.product.messagesSent()
    const { starts_at: startsAt } = await visitRow(people.product, number)

    expect(await smsTo(people.product, '+48601555002')).toEqual([])
    people.product.clock.set(new Date('2026-12-28T09:00:30Z'))
    await people.product.messagesSent()
    const [sms] = await smsTo(people.product, '+48601555002')
    expect(sms).toContain(number)
    expect(sms).not.toMatch(/http|Halina|Wiśniewska/)

    people.product.clock.set(new Date(startsAt.getTime() - 59 * 60_000))
    await people.product.messagesSent()
    const reminder = await emailTo(people.product, who.email)
    expect(reminder.subject).toMatch(/^Dziś o/)
    expect(linkIn(reminder.text, 'spotkanie')).not.toBe('')
    expect(await smsTo(people.product, '+48601555002')).toHaveLength(1)
  })
})

async function reloadOnBothSides(number: string): Promise<void> {
  await people.citizen.page.reload()
  await state(people.citizen.page, 'call')
  await seesMoving(people.citizen.page, officerAtCitizen, 'officer')
  await seesMoving(people.officer.page, citizenAtOfficer, 'client')
  await people.officer.page.reload()
  await seesMoving(people.officer.page, citizenAtOfficer, 'client')
  await seesMoving(people.citizen.page, officerAtCitizen, 'officer')
  expect((await visitRow(people.product, number)).state).toBe('in_progress')
}

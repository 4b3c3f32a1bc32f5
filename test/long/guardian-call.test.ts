import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { book, halina } from '../e2e/citizen'
import { emailTo } from '../e2e/mailbox'
import { signIn } from '../e2e/officer'
import { twoPeople } from '../e2e/two-people'
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
} from '../e2e/visit-people'
import { type BrowserPerson, launchPerson } from '../support/browser'

const people = twoPeople()
let guardian: BrowserPerson

beforeAll(async () => {
  guardian = await launchPerson({ camera: 'client', viewport: { width: 768, height: 1024 } })
})
afterAll(() => guardian.close())

test('a declared guardian joins by a link of their own, leaves and comes back while the call goes on', async () => {
  const { product, citizen, officer } = people
  const who = {
    ...halina,
    phone: '601 777 001',
    email: 'opiekun@example.org',
    guardian: { firstName: 'Tomasz', lastName: 'Wiśniewski' },
  }
  const number = await book(citizen.page, product.url, { postalCode: '00-000', who })
  await product.messagesSent()
  const visit = await visitRow(product, number)
  product.clock.set(new Date(visit.starts_at.getTime() - 60_000))

  const { text } = await emailTo(product, who.email)
  const links = [...new Set([...text.matchAll(/https?:\S+\/spotkanie\/[\w-]+/g)].map(([link]) => link))]
  expect(links).toHaveLength(2)
  const [meetingUrl = '', guardianUrl = ''] = links
  expect(linkIn(text, 'spotkanie')).toBe(meetingUrl)

  await enterWaitingRoom(citizen.page, meetingUrl)
  await signIn(officer.page, product.url, 'ewa.maj@example.org')
  await startCall(officer.page, citizen.page, 'Halina Wiśniewska')
  await seesMoving(officer.page, citizenAtOfficer, 'client')

  const guardianAtOfficer = '.stage video[data-participant=guardian]'
  await guardian.page.goto(guardianUrl)
  await guardian.page.locator('#wlacz').click()
  await guardian.page.locator('#wejdz').click()
  await state(guardian.page, 'invited')
  await guardian.page.locator('#zaproszenie-wejdz').click()
  await seesMoving(officer.page, guardianAtOfficer, 'client')
  await seesMoving(guardian.page, officerAtCitizen, 'officer')

  await guardian.page.goto('about:blank')
  await vi.waitFor(
    async () => expect(await officer.page.locator(guardianAtOfficer).isVisible()).toBe(false),
    patience,
  )
  await seesMoving(officer.page, citizenAtOfficer, 'client')
  expect((await visitRow(product, number)).state).toBe('in_progress')

  await guardian.page.goto(guardianUrl)
  await state(guardian.page, 'call')
  await seesMoving(officer.page, guardianAtOfficer, 'client')

  await endVisit(officer.page)
  await vi.waitFor(async () => expect((await visitRow(product, number)).state).toBe('completed'), patience)
})

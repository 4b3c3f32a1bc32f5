import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { book, halina } from '../e2e/citizen'
import { emailTo } from '../e2e/mailbox'
import { signIn } from '../e2e/officer'
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
import { startTestProduct, type TestProduct } from '../support/test-product'

let product: TestProduct
let people: BrowserPerson[] = []

beforeAll(async () => {
  product = await startTestProduct(inject('postgresUrl'))
  people = [
    await launchPerson({ camera: 'client', viewport: { width: 360, height: 740 } }),
    await launchPerson({ camera: 'officer', viewport: { width: 1366, height: 768 } }),
    await launchPerson({ camera: 'client', viewport: { width: 768, height: 1024 } }),
  ]
})
afterAll(async () => {
  for (const person of people) await person.close()
  await product.stop()
})

test('a declared guardian joins by a link of their own, leaves and comes back while the call goes on', async () => {
  const [citizen, officer, guardian] = people
  if (!citizen || !officer || !guardian) throw new Error('Somebody is missing')
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

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { axeFindings } from '../support/axe'
import { type BrowserPerson, launchPerson } from '../support/browser'
import {
  cameraTracks,
  interruptCamera,
  pageNameOf,
  sendThrough,
  textsSent,
  watchInsides,
} from '../support/page-insides'
import { book, button, halina } from '../e2e/citizen'
import { emailTo } from '../e2e/mailbox'
import { signIn } from '../e2e/officer'
import { twoPeople } from '../e2e/two-people'
import {
  citizenAtOfficer,
  enterWaitingRoom,
  hears,
  linkIn,
  officerAtCitizen,
  patience,
  seesMoving,
  startCall,
  state,
  visitRow,
} from '../e2e/visit-people'

const people = twoPeople()
let stranger: BrowserPerson
let meeting = ''

beforeAll(async () => {
  await watchInsides(people.citizen.page)
  await watchInsides(people.officer.page)
  stranger = await launchPerson({ camera: 'client', viewport: { width: 1280, height: 720 } })
  const { product, citizen, officer } = people
  const who = { ...halina, phone: '601 555 821', email: 'kopia@example.org' }
  const number = await book(citizen.page, product.url, { postalCode: '00-000', who })
  const visit = await visitRow(product, number)
  await product.messagesSent()
  meeting = linkIn((await emailTo(product, who.email)).text, 'spotkanie')
  product.clock.set(new Date(visit.starts_at.getTime() - 60_000))
  await enterWaitingRoom(citizen.page, meeting)
  await signIn(officer.page, product.url, 'ewa.maj@example.org')
  await startCall(officer.page, citizen.page, 'Halina Wiśniewska')
  await callGoesOn()
})
afterAll(() => stranger.close())

const callGoesOn = async (client = people.citizen) => {
  await seesMoving(people.officer.page, citizenAtOfficer, 'client')
  await seesMoving(client.page, officerAtCitizen, 'officer')
  await hears(people.officer.page, citizenAtOfficer)
}

describe('a page that sends what it should not', () => {
  test('all of it again, the last first, breaks nothing', async () => {
    const { citizen } = people
    const sent = await textsSent(citizen.page)
    expect(sent.some((text) => text.includes('"description"'))).toBe(true)
    await sendThrough(citizen.page, sent.slice(-80).reverse())
    await callGoesOn()
  })

  test('answers that nobody asked for, candidates of nothing and commands that are none of its business break nothing', async () => {
    const { citizen, officer } = people
    const to = await pageNameOf(officer.page)
    const says = (message: unknown) => JSON.stringify({ type: 'peer', to, message })
    await sendThrough(citizen.page, [
      says({ description: { type: 'answer', sdp: 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n' } }),
      says({ description: { type: 'rollback' } }),
      says({ description: { type: 'offer', sdp: 'no description' } }),
      says({ candidate: { candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host', sdpMid: '7' } }),
      says({ candidate: { candidate: 'nonsense' } }),
      JSON.stringify({ type: 'warning_seen', id: crypto.randomUUID() }),
      JSON.stringify({ type: 'peer', to: 'nobody-is-called-so', message: { candidate: null } }),
    ])
    await callGoesOn()
  })

  test('and one that is too long or too much loses its line for a moment, and the call nothing', async () => {
    const { citizen } = people
    await sendThrough(citizen.page, [JSON.stringify({ type: 'ping', padding: 'x'.repeat(70_000) })])
    await vi.waitFor(
      async () => expect(await citizen.page.locator('body').getAttribute('data-signalling')).toBe('open'),
      patience,
    )
    await callGoesOn()
  })
})

describe('a phone call in between', () => {
  test('leaves a camera that is live but dead: it is opened anew, and nobody is unmuted by it', async () => {
    const { citizen } = people
    const before = await interruptCamera(citizen.page)
    await vi.waitFor(async () => {
      const tracks = await cameraTracks(citizen.page)
      expect(tracks.length).toBeGreaterThan(0)
      expect(tracks).not.toContain(before)
    }, patience)
    await callGoesOn()
  })
})

describe('somebody who talks into a microphone that is off', () => {
  test('is told so on either side', async () => {
    for (const { page } of [people.citizen, people.officer]) {
      await page.locator('.ctl button').first().click()
      await page.getByText('Mówisz, ale mikrofon jest wyciszony.').waitFor()
      await page.locator('.ctl button').first().click()
      await page.getByText('Mówisz, ale mikrofon jest wyciszony.').waitFor({ state: 'hidden' })
    }
    await callGoesOn()
  })
})

describe('the devices', () => {
  test('are changed during the call on the client’s page', async () => {
    const { page } = people.citizen
    await button(page, 'Urządzenia').click()
    const microphones = page.locator('#wybierz-mikrofon option')
    await vi.waitFor(async () => expect(await microphones.count()).toBeGreaterThan(1), patience)
    expect(await axeFindings(page)).toEqual([])
    await page.locator('#wybierz-mikrofon').selectOption({ index: 1 })
    await page.locator('#wybierz-glosnik').selectOption({ index: 0 })
    await page.keyboard.press('Escape')
    await page.locator('#urzadzenia').waitFor({ state: 'hidden' })
    await callGoesOn()
  })

  test('and on the officer’s', async () => {
    const { page } = people.officer
    await page.getByText('Urządzenia', { exact: true }).click()
    await page.locator('#wybierz-mikrofon').selectOption({ index: 1 })
    expect(await axeFindings(page)).toEqual([])
    await page.getByText('Urządzenia', { exact: true }).click()
    await callGoesOn()
  })
})

describe('a third browser with the same link', () => {
  test('is told that the person is here already, and disturbs nobody', async () => {
    await stranger.page.goto(meeting)
    await stranger.page.locator('#wlacz').click()
    await stranger.page.locator('#wejdz').click()
    await state(stranger.page, 'elsewhere')
    await stranger.page.getByText('Poczekalnia jest otwarta gdzie indziej').waitFor()
    expect(await axeFindings(stranger.page)).toEqual([])
    await callGoesOn()
  })

  test('takes the call over on a press, and the first one is told and out', async () => {
    await button(stranger.page, 'Rozmawiam tutaj').click()
    await state(people.citizen.page, 'elsewhere')
    await people.citizen.page.getByText('Rozmawiasz teraz na innym urządzeniu lub karcie').waitFor()
    await state(stranger.page, 'invited')
    await button(stranger.page, 'Wejdź do rozmowy').click()
    await callGoesOn(stranger)
  })

  test('and the person takes it back the same way', async () => {
    await button(people.citizen.page, 'Wróć z rozmową tutaj').click()
    await state(stranger.page, 'elsewhere')
    // Who was in the call already is not asked again
    await state(people.citizen.page, 'call')
    await callGoesOn()
  })
})

import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { book, button, halina } from '../e2e/citizen'
import { emailTo } from '../e2e/mailbox'
import { signIn } from '../e2e/officer'
import {
  citizenAtOfficer,
  endVisit,
  enterWaitingRoom,
  hears,
  officerAtCitizen,
  patience,
  seesMoving,
  startCall,
  state,
  visitRow,
} from '../e2e/visit-people'
import { type BrowserPerson, launchPerson } from '../support/browser'
import { debianProgram } from '../support/debian-program'
import { picturesSent, watchInsides, waysTaken } from '../support/page-insides'
import { startTestProduct, type TestProduct } from '../support/test-product'
import { startTurnServer, type TurnServer } from '../support/turn-server'

const turnserver = debianProgram('turnserver')
const interpreterAtOfficer = '.stage video[data-participant=interpreter]'
const guardianAtOfficer = '.stage video[data-participant=guardian]'

describe.skipIf(turnserver === undefined)(
  'four people, the officer through the relay alone and over TCP',
  () => {
    let turn: TurnServer
    let product: TestProduct
    let number: string
    const people: Record<'client' | 'officer' | 'guardian' | 'interpreter', BrowserPerson> = {} as never

    beforeAll(async () => {
      turn = await startTurnServer(turnserver ?? '')
      product = await startTestProduct(inject('postgresUrl'), {
        environment: {
          ...turn.environment,
          TURN_URLS: `turn:127.0.0.1:${turn.port}?transport=tcp`,
          TURN_OFFICER_RELAY_ONLY: 'yes',
        },
      })
      people.client = await launchPerson({ camera: 'client', viewport: { width: 360, height: 740 } })
      people.officer = await launchPerson({ camera: 'officer', viewport: { width: 1366, height: 768 } })
      people.guardian = await launchPerson({ camera: 'client', viewport: { width: 768, height: 1024 } })
      people.interpreter = await launchPerson({ camera: 'client', viewport: { width: 1280, height: 720 } })
      for (const { page } of Object.values(people)) await watchInsides(page)
    })
    afterAll(async () => {
      for (const person of Object.values(people)) await person.close()
      await product.stop()
      await turn.stop()
    })

    const comes = async (person: BrowserPerson, url: string) => {
      await person.page.goto(url)
      await person.page.locator('#wlacz').click()
      await person.page.locator('#wejdz').click()
      await state(person.page, 'invited')
      await person.page.locator('#zaproszenie-wejdz').click()
    }

    test('the client and the officer are joined', async () => {
      const who = {
        ...halina,
        phone: '601 555 811',
        email: 'czworo@example.org',
        guardian: { firstName: 'Tomasz', lastName: 'Wiśniewski' },
      }
      number = await book(people.client.page, product.url, { postalCode: '00-000', who })
      const visit = await visitRow(product, number)
      await product.messagesSent()
      product.clock.set(new Date(visit.starts_at.getTime() - 60_000))
      const { text } = await emailTo(product, who.email)
      const links = [...new Set([...text.matchAll(/https?:\S+\/spotkanie\/[\w-]+/g)].map(([link]) => link))]
      await enterWaitingRoom(people.client.page, links[0] ?? '')
      await signIn(people.officer.page, product.url, 'ewa.maj@example.org')
      await startCall(people.officer.page, people.client.page, 'Halina Wiśniewska')
      await seesMoving(people.officer.page, citizenAtOfficer, 'client')
      await seesMoving(people.client.page, officerAtCitizen, 'officer')

      await comes(people.guardian, links[1] ?? '')
      await people.officer.page.getByText('Zaproś tłumacza').first().click()
      await people.officer.page.locator('#tlumacz').fill('Anna Migowa')
      await people.officer.page.locator('#tlumacz + button').click()
      const link = people.officer.page.locator('#link-tlumacza')
      await vi.waitFor(async () => expect(await link.inputValue()).toContain('/spotkanie/'), patience)
      await comes(people.interpreter, await link.inputValue())
    })

    test('everybody sees and hears everybody', async () => {
      const { client, officer, guardian, interpreter } = people
      for (const video of [citizenAtOfficer, guardianAtOfficer, interpreterAtOfficer]) {
        await seesMoving(officer.page, video, 'client')
        await hears(officer.page, video)
      }
      for (const { page } of [client, guardian, interpreter]) {
        await seesMoving(page, officerAtCitizen, 'officer')
        await hears(page, officerAtCitizen)
        await seesMoving(page, '#obraz-goscia', 'client')
      }
      for (const { page } of [client, guardian]) await seesMoving(page, '#obraz-tlumacza', 'client')
    })

    test('the way of the officer is the relay, over TCP', async () => {
      await vi.waitFor(async () => {
        expect(await waysTaken(people.officer.page)).toEqual(['relay tcp', 'relay tcp', 'relay tcp'])
      }, patience)
    })

    test.each(['client', 'guardian', 'officer'] as const)(
      'the interpreter is never smaller than a third of the picture for the %s',
      async (who) => {
        const { page } = people[who]
        const video = who === 'officer' ? interpreterAtOfficer : '#obraz-tlumacza'
        const [tile, stage] = await Promise.all([
          page.locator(video).boundingBox(),
          page.locator('.stage').first().boundingBox(),
        ])
        expect((tile?.width ?? 0) / (stage?.width ?? 1)).toBeGreaterThanOrEqual(1 / 3)
        expect((tile?.height ?? 0) / (stage?.height ?? 1)).toBeGreaterThanOrEqual(1 / 3)
      },
    )

    test('all that each of them sends fits a line of 2 Mbps', async () => {
      for (const { page } of Object.values(people)) {
        const allowed = (await picturesSent(page)).reduce(
          (sum, { maxBitrate }) => sum + (maxBitrate ?? Infinity),
          0,
        )
        expect(allowed).toBeLessThanOrEqual(2_000_000)
      }
    })

    test('while a document is shown the client’s picture to the officer has few frames, all lines and more bits', async () => {
      const { client, officer } = people
      const before = await picturesSent(client.page)
      const most = Math.max(...before.map(({ maxBitrate }) => maxBitrate ?? 0))
      await button(officer.page, 'Zacznij sprawdzanie').click()
      await button(officer.page, 'Dalej').click()
      await vi.waitFor(async () => {
        const document = (await picturesSent(client.page)).find(({ maxBitrate }) => (maxBitrate ?? 0) > most)
        expect(document?.framesPerSecond).toBeGreaterThan(0)
        expect(document?.framesPerSecond).toBeLessThanOrEqual(9)
        expect(document?.height).toBeGreaterThanOrEqual(Math.max(...before.map(({ height }) => height)))
      }, patience)
    })

    test('the end of the visit is the end for all of them', async () => {
      await endVisit(people.officer.page)
      await vi.waitFor(
        async () => expect((await visitRow(product, number)).state).toBe('completed'),
        patience,
      )
      for (const { page } of [people.client, people.guardian, people.interpreter])
        await page.locator('[data-state=call]').waitFor({ state: 'detached' })
    })
  },
)

import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import {
  citizenAtOfficer,
  endVisit,
  hears,
  officerAtCitizen,
  patience,
  seesMoving,
} from '../e2e/visit-people'
import { reachCall } from '../e2e/reach-call'
import { type BrowserPerson, launchPerson } from '../support/browser'
import { debianProgram } from '../support/debian-program'
import { type Impairment, type LossyRelay, startLossyRelay } from '../support/lossy-relay'
import { picturesSent, watchInsides } from '../support/page-insides'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy'
import { startTestProduct, type TestProduct } from '../support/test-product'
import { startTurnServer, type TurnServer } from '../support/turn-server'

const turnserver = debianProgram('turnserver')
/** The line has to be bad for a while before anybody may say so. */
const longPatience = { timeout: 90_000, interval: 300 }

describe.skipIf(turnserver === undefined)('a call over a bad line', () => {
  let turn: TurnServer
  let line: LossyRelay
  let wire: TcpProxy
  let product: TestProduct
  let citizen: BrowserPerson
  let officer: BrowserPerson

  beforeAll(async () => {
    turn = await startTurnServer(turnserver ?? '')
    line = await startLossyRelay(turn.port)
    product = await startTestProduct(inject('postgresUrl'), {
      environment: {
        ...turn.environment,
        TURN_URLS: `turn:127.0.0.1:${line.port}?transport=udp`,
        // Everything between the two passes the officer's relay, and so our line
        TURN_OFFICER_RELAY_ONLY: 'yes',
      },
    })
    const port = Number(new URL(product.url).port)
    wire = await startTcpProxy({ port })
    citizen = await launchPerson({ camera: 'client', viewport: { width: 360, height: 740 } })
    officer = await launchPerson({
      camera: 'officer',
      viewport: { width: 1366, height: 768 },
      detour: { from: port, to: wire.port },
    })
    await watchInsides(citizen.page)
    await meet()
  })
  afterAll(async () => {
    await endVisit(officer.page)
    await citizen.close()
    await officer.close()
    await wire.cut()
    await product.stop()
    line.stop()
    await turn.stop()
  })
  afterEach(() => line.set({}))

  const meet = async () => {
    await reachCall(
      product,
      { citizen: citizen.page, officer: officer.page },
      { phone: '601 555 801', email: 'lacze@example.org' },
    )
    await allIsWell()
  }

  const allIsWell = async () => {
    await seesMoving(officer.page, citizenAtOfficer, 'client')
    await seesMoving(citizen.page, officerAtCitizen, 'officer')
    await hears(officer.page, citizenAtOfficer)
    await hears(citizen.page, officerAtCitizen)
  }

  test.each<[string, Impairment]>([
    ['nothing is lost, and it takes 50 ms each way', { lossPercent: 0, delayMilliseconds: 50 }],
    ['2 % of the packets are lost', { lossPercent: 2, delayMilliseconds: 50 }],
    ['5 % are lost', { lossPercent: 5, delayMilliseconds: 50 }],
    ['10 % are lost', { lossPercent: 10, delayMilliseconds: 50 }],
    ['it takes 400 ms each way', { delayMilliseconds: 400 }],
    ['it takes 400 ms each way and 5 % are lost', { delayMilliseconds: 400, lossPercent: 5 }],
    ['it carries 2 Mbps', { kilobitsPerSecond: 2000, delayMilliseconds: 50 }],
    ['it carries 2 Mbps and loses 10 %', { kilobitsPerSecond: 2000, delayMilliseconds: 50, lossPercent: 10 }],
    ['it carries 1 Mbps and loses 2 %', { kilobitsPerSecond: 1000, delayMilliseconds: 50, lossPercent: 2 }],
    ['it carries 300 kbps', { kilobitsPerSecond: 300, delayMilliseconds: 50 }],
    ['it carries 300 kbps and takes 400 ms', { kilobitsPerSecond: 300, delayMilliseconds: 400 }],
  ])('goes on with picture and sound on both sides when %s', async (_, impairment) => {
    line.set(impairment)
    await allIsWell()
  })

  test('goes on with sound alone when the line carries no picture, says so, and the picture comes back by itself', async () => {
    line.set({ kilobitsPerSecond: 70, delayMilliseconds: 50 })
    await citizen.page.getByText('Słyszycie się dalej').first().waitFor(longPatience)
    // No picture is sent any more, and what is sent fits the line
    await vi.waitFor(async () => {
      const sent = await picturesSent(citizen.page)
      expect(sent.map(({ active }) => active)).toEqual([false])
      await hears(officer.page, citizenAtOfficer)
      expect((await picturesSent(citizen.page)).map(({ bytes }) => bytes)).toEqual(
        sent.map(({ bytes }) => bytes),
      )
    }, longPatience)
    await hears(officer.page, citizenAtOfficer)
    await hears(citizen.page, officerAtCitizen)
    line.set({})
    await citizen.page
      .getByText('Słyszycie się dalej')
      .first()
      .waitFor({ state: 'hidden', ...longPatience })
    await allIsWell()
  })

  test('comes back after everything was gone for a while, and nobody was unmuted by it', async () => {
    await officer.page.locator('.ctl button').first().click()
    line.outage(true)
    await wire.cut()
    await vi.waitFor(
      async () => expect(await officer.page.locator('.stage').getAttribute('data-signalling')).toBe('down'),
      longPatience,
    )
    await wire.restore()
    line.outage(false)
    await seesMoving(officer.page, citizenAtOfficer, 'client')
    await seesMoving(citizen.page, officerAtCitizen, 'officer')
    expect(await officer.page.locator('.ctl button').first().getAttribute('aria-pressed')).toBe('true')
    await officer.page.locator('.ctl button').first().click()
    await vi.waitFor(
      async () => expect(await officer.page.locator('.stage').getAttribute('data-signalling')).toBe('open'),
      patience,
    )
    await allIsWell()
  })

  test('comes back by itself after ten seconds without anything', async () => {
    line.outage(true)
    await wire.cut()
    // The length of the outage itself: nothing tells of it
    await wait(10_000)
    await wire.restore()
    line.outage(false)
    await allIsWell()
    expect(await officer.page.locator('.stage').getAttribute('data-connection')).toBe('connected')
  })

  test('survives a change of the address that somebody comes from', async () => {
    line.changeAddresses()
    await allIsWell()
  })
})

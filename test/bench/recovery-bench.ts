import type { Page } from 'playwright-core'
import { deskIds } from '../../src/contract/desk-boot'
import { meetingIds } from '../../src/contract/meeting-boot'
import { type BrowserPerson, launchPerson } from '../support/browser'
import { debianProgram } from '../support/debian-program'
import { type LossyRelay, startLossyRelay } from '../support/lossy-relay'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy'
import { startTurnServer } from '../support/turn-server'
import type { Bench } from './bench-run'
import { citizenMoves, deskSignIn, inState, moves, patience } from './call-people'
import { type Figure, median } from './figure'
import { addJoinableVisits } from './joinable-visits'

const times = 5
const outageMilliseconds = 10_000

/** A call between two browsers whose signalling and media can both be broken. */
interface BreakableCall {
  client: Page
  officer: Page
  wire: TcpProxy
  line: LossyRelay
}

/** How long a call needs to stand again: after its socket broke, after a reload, after ten seconds without any network. */
export const recoveryBench: Bench = async (run) => {
  const turnserver = debianProgram('turnserver')
  if (turnserver === undefined) throw new Error('coturn is needed: apt-get install coturn')
  const turn = await startTurnServer(turnserver)
  const line = await startLossyRelay(turn.port)
  const product = await run.start('recovery', 'server', {
    ...turn.environment,
    TURN_URLS: `turn:127.0.0.1:${line.port}?transport=udp`,
    TURN_OFFICER_RELAY_ONLY: 'yes',
  })
  const wire = await startTcpProxy({ port: product.port })
  const [visit] = await addJoinableVisits(
    { url: product.url, databaseUrl: run.databaseUrl('recovery'), dataFolder: run.dataFolder('recovery') },
    1,
  )
  if (!visit) throw new Error('There is no visit')
  const people: BrowserPerson[] = []
  try {
    const detour = { from: product.port, to: wire.port }
    people.push(await launchPerson({ camera: 'client', viewport: { width: 360, height: 740 }, detour }))
    people.push(await launchPerson({ camera: 'officer', detour }))
    const [client, officer] = people.map(({ page }) => page)
    if (!client || !officer) throw new Error('Nobody is there')
    await deskSignIn(officer, product.url)
    await client.goto(visit.meetingUrl)
    await client.locator(`#${meetingIds.allow}`).click()
    await client.locator(`#${meetingIds.enter}`).click()
    await inState(client, 'waiting')
    await officer.goto(`${product.url}/pracownik/wizyta/${visit.id}`)
    await officer.locator(`#${deskIds.callInForm} button, button[form=${deskIds.callInForm}]`).first().click()
    await inState(client, 'invited')
    await client.locator(`#${meetingIds.invitationEnter}`).click(patience)
    const call: BreakableCall = { client, officer, wire, line }
    await bothMove(call)

    const figures: Figure[] = []
    for (const [name, recover] of Object.entries(recoveries)) {
      const milliseconds: number[] = []
      for (let n = 0; n < times; n++) milliseconds.push(await recover(call))
      run.note(`${name}: ${milliseconds.map((one) => `${one.toFixed(0)} ms`).join(', ')}`)
      figures.push({
        name: `visit.recover.${name}.ms`,
        value: median(milliseconds),
        unit: 'ms',
        goal: { most: 5000 },
      })
    }
    return figures
  } finally {
    for (const person of people) await person.close()
    await wire.cut()
    await product.stop()
    line.stop()
    await turn.stop()
  }
}

const recoveries: Record<string, (call: BreakableCall) => Promise<number>> = {
  async socket(call) {
    const broken = Promise.all([signallingIs(call.client, 'down'), signallingIs(call.officer, 'down')])
    call.wire.breakAll()
    await broken
    const since = performance.now()
    await bothOpen(call)
    await bothMove(call)
    return performance.now() - since
  },
  async reload(call) {
    const since = performance.now()
    await call.client.reload({ waitUntil: 'commit' })
    await inState(call.client, 'call')
    await bothMove(call)
    return performance.now() - since
  },
  async outage10s(call) {
    call.line.outage(true)
    await call.wire.cut()
    await new Promise((resolve) => setTimeout(resolve, outageMilliseconds))
    await call.wire.restore()
    call.line.outage(false)
    const since = performance.now()
    await bothMove(call)
    await bothOpen(call)
    return performance.now() - since
  },
}

const signallingIs = (page: Page, state: string) =>
  page
    .locator(`[data-signalling=${state}]`)
    .first()
    .waitFor({ state: 'attached', ...patience })

const bothOpen = ({ client, officer }: BreakableCall) =>
  Promise.all([signallingIs(client, 'open'), signallingIs(officer, 'open')])

const bothMove = ({ client, officer }: BreakableCall) =>
  Promise.all([moves(client, `#${meetingIds.officerVideo}`), citizenMoves(officer)])

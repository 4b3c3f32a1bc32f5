import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from 'vitest'
import { axeFindings } from '../support/axe'
import { type BrowserPerson, launchPerson } from '../support/browser'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy'
import { startTestProduct, type TestProduct } from '../support/test-product'
import { book, button, halina } from './citizen'
import { emailTo } from './mailbox'
import { signIn } from './officer'
import { framesByTrack, framesMissing, recordedSessions } from '../support/recorded-journal'
import {
  citizenAtOfficer,
  endVisit,
  enterWaitingRoom,
  linkIn,
  patience,
  seesMoving,
  startCall,
  visitRow,
} from './visit-people'
import { tellWhatThePageSaid } from './what-the-page-said'

let product: TestProduct
let store: string
let wire: TcpProxy
let citizen: BrowserPerson
let officer: BrowserPerson
const launchOfficer = (profile?: string) =>
  launchPerson({
    camera: 'officer',
    viewport: { width: 1366, height: 768 },
    detour: { from: Number(new URL(product.url).port), to: wire.port },
    ...(profile !== undefined && { profile }),
  })

beforeAll(async () => {
  store = await mkdtemp(join(tmpdir(), 'e-wizyta-recordings-'))
  product = await startTestProduct(inject('postgresUrl'), { environment: { RECORDINGS_STORE: store } })
  wire = await startTcpProxy({ port: Number(new URL(product.url).port) })
  citizen = await launchPerson({ camera: 'client', viewport: { width: 360, height: 740 } })
  officer = await launchOfficer()
})
afterAll(async () => {
  await citizen.close()
  await officer.close()
  await product.stop()
  await rm(store, { recursive: true, force: true })
})
afterEach(async (context) => {
  await tellWhatThePageSaid(context, citizen.page)
  await tellWhatThePageSaid(context, officer.page)
})

/** A visit booked, reached and entered: its id, once both are told that it is recorded. */
async function recordedVisit(email: string, phone: string): Promise<string> {
  const number = await book(citizen.page, product.url, {
    postalCode: '00-000',
    who: { ...halina, phone, email },
  })
  const visit = await visitRow(product, number)
  await product.messagesSent()
  const meeting = linkIn((await emailTo(product, email)).text, 'spotkanie')
  product.clock.set(new Date(visit.starts_at.getTime() - 60_000))
  await enterWaitingRoom(citizen.page, meeting)
  await reachDay()
  await startCall(officer.page, citizen.page, 'Halina Wiśniewska')
  await seesMoving(officer.page, citizenAtOfficer, 'client')
  await isRecorded()
  return visit.id
}

/** Today's visits, whether the officer is signed in already or not. */
async function reachDay(): Promise<void> {
  await officer.page.goto(`${product.url}/pracownik`)
  if (!officer.page.url().includes('/dzien')) await signIn(officer.page, product.url, 'ewa.maj@example.org')
}

async function isRecorded(): Promise<void> {
  await officer.page.locator('#nagranie[data-recording=on]').waitFor()
  await citizen.page.locator('#nagranie[data-recording=on]').waitFor()
}

async function end(): Promise<void> {
  await endVisit(officer.page)
  await citizen.page.getByRole('heading', { name: 'Wizyta zakończona' }).waitFor()
}

const sessionsOf = (visitId: string) => recordedSessions(product.services, visitId)
const lastOf = async (visitId: string) => (await sessionsOf(visitId)).at(-1)

/** Waits until the newest session holds frames of all these. */
const holds = (visitId: string, tracks: string[], more = 5) =>
  vi.waitFor(async () => {
    const counts = framesByTrack((await lastOf(visitId))?.records ?? [])
    for (const track of tracks) expect(counts[track] ?? 0, track).toBeGreaterThan(more)
  }, patience)

const four = ['client audio', 'client video', 'officer audio', 'officer video']

test('a visit is recorded from both sides, both are told so, and it goes on after a reload', async () => {
  const visitId = await recordedVisit('nagranie@example.org', '601 555 601')
  await holds(visitId, four)
  await officer.page.locator('#nagranie', { hasText: /Nagrywanie · zapisane do \d+:\d\d:\d\d/ }).waitFor()
  expect(await citizen.page.locator('#nagranie').innerText()).toContain('Nagrywamy')
  expect(await axeFindings(officer.page)).toEqual([])

  await citizen.page.locator('#mikrofon').click()
  await vi.waitFor(async () => {
    const events = (await lastOf(visitId))?.records.flatMap((one) =>
      one.kind === 'event' ? [one.event] : [],
    )
    expect(events).toContainEqual({ type: 'muted', participant: 'client', kind: 'audio', muted: true })
  }, patience)

  await button(citizen.page, 'Pokaż swój ekran').click()
  await button(officer.page, 'Pokaż ekran').click()
  await holds(visitId, ['client screen', 'officer screen'], 0)

  // Sessions are told apart by when they began
  product.clock.advance({ seconds: 2 })
  await officer.page.reload()
  await vi.waitFor(async () => expect(await sessionsOf(visitId)).toHaveLength(2), patience)
  await holds(visitId, four)
  await isRecorded()

  const ended = await lastOf(visitId)
  await end()
  await vi.waitFor(async () => expect((await lastOf(visitId))?.closed).toBe(true), patience)
  const closed = await lastOf(visitId)
  expect(closed?.batches.length).toBeGreaterThanOrEqual(ended?.batches.length ?? Infinity)
  for (const { batches } of await sessionsOf(visitId))
    expect(batches.map(({ number }) => number)).toEqual(batches.map((_, index) => index + 1))
})

test('an outage of the server costs nothing: what waited is sent on, without a hole', async () => {
  const visitId = await recordedVisit('przerwa@example.org', '601 555 602')
  await holds(visitId, four)
  await wire.cut()
  const before = (await lastOf(visitId))?.batches.at(-1)?.number ?? 0
  await officer.page.locator('#nagranie', { hasText: 'czeka na wysłanie' }).waitFor()
  await officer.page.locator('#nagranie-przerwane').waitFor()
  // The server, whose clock a test moves, has heard nothing for long enough
  product.clock.advance({ seconds: 4 })
  await citizen.page.locator('#nagranie[data-recording=interrupted]').waitFor()
  await wire.restore()
  await officer.page.locator('#nagranie', { hasText: 'zaległe nagranie wysłane' }).waitFor()
  await isRecorded()
  const session = await lastOf(visitId)
  const numbers = session?.batches.map(({ number }) => number) ?? []
  expect(numbers.length).toBeGreaterThan(before + 8)
  expect(numbers).toEqual(numbers.map((_, index) => index + 1))
  // The picture's numbers follow one another: no frame is missing over the whole outage
  expect(framesMissing(session?.records ?? [], 'officer video')).toBe(0)
  await end()
  await vi.waitFor(async () => expect((await lastOf(visitId))?.closed).toBe(true), patience)
})

test('what a killed browser left on its computer is sent from the day page of the next one', async () => {
  const visitId = await recordedVisit('zgasl@example.org', '601 555 603')
  await holds(visitId, four)
  await wire.cut()
  await officer.page.locator('#nagranie', { hasText: 'czeka na wysłanie' }).waitFor()
  const before = await lastOf(visitId)
  const { profile } = officer
  await officer.kill()
  await wire.restore()

  officer = await launchOfficer(profile)
  await reachDay()
  await officer.page.getByText('Zaległe nagrania wysłane.').waitFor()
  const after = await lastOf(visitId)
  expect(after?.id).toBe(before?.id)
  expect(after?.closed).toBe(true)
  expect(after?.batches.length).toBeGreaterThan((before?.batches.length ?? 0) + 8)
  const numbers = after?.batches.map(({ number }) => number) ?? []
  expect(numbers).toEqual(numbers.map((_, index) => index + 1))

  // Nothing is left to be sent
  await officer.page.reload()
  await vi.waitFor(async () => expect(await spoolFiles()).toEqual([]), patience)
})

const spoolFiles = () =>
  officer.page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('nagrania')
    const names: string[] = []
    for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) names.push(name)
    return names
  })

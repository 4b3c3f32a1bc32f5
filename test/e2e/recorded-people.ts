import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, inject, vi } from 'vitest'
import { type BrowserPerson, launchPerson } from '../support/browser'
import { framesByTrack, type RecordedSession, recordedSessions } from '../support/recorded-journal'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy'
import { startTestProduct, type TestProduct } from '../support/test-product'
import { book, type CitizenData } from './citizen'
import { emailTo } from './mailbox'
import { signIn } from './officer'
import {
  citizenAtOfficer,
  enterWaitingRoom,
  linkIn,
  patience,
  seesMoving,
  startCall,
  visitRow,
} from './visit-people'
import { tellWhatThePageSaid } from './what-the-page-said'

/** A product with a store of its own, a citizen, and an officer whose way to the server can be cut. */
export interface RecordedPeople {
  readonly product: TestProduct
  readonly wire: TcpProxy
  readonly citizen: BrowserPerson
  /** Another one takes the place of a browser that was killed. */
  officer: BrowserPerson
  readonly launchOfficer: (profile?: string) => Promise<BrowserPerson>
  /** A visit booked, reached and entered: its id, once both are told that it is recorded. */
  readonly recordedVisit: (who: CitizenData) => Promise<string>
  /** Today's visits, whether the officer is signed in already or not. */
  readonly reachDay: () => Promise<void>
  readonly isRecorded: () => Promise<void>
  readonly sessionsOf: (visitId: string) => Promise<RecordedSession[]>
  readonly lastOf: (visitId: string) => Promise<RecordedSession | undefined>
  /** Waits until the newest session holds frames of all these. */
  readonly holds: (visitId: string, tracks: string[], more?: number) => Promise<void>
}

/** How the recording stands, as a page says it. */
export const toldAt = (page: Page, state: string) =>
  page.locator(`#nagranie[data-recording=${state}]`).waitFor({ state: 'attached' })

/** Sets them up for a test file: call it once at the top. */
export function recordedPeople(): RecordedPeople {
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

  const sessionsOf = (visitId: string) => recordedSessions(product.services, visitId)
  const lastOf = async (visitId: string) => (await sessionsOf(visitId)).at(-1)
  const isRecorded = async () => {
    await toldAt(officer.page, 'on')
    await toldAt(citizen.page, 'on')
  }
  const reachDay = async () => {
    await officer.page.goto(`${product.url}/pracownik`)
    if (!officer.page.url().includes('/dzien')) await signIn(officer.page, product.url, 'ewa.maj@example.org')
  }
  return {
    get product() {
      return product
    },
    get wire() {
      return wire
    },
    get citizen() {
      return citizen
    },
    get officer() {
      return officer
    },
    set officer(other) {
      officer = other
    },
    launchOfficer,
    async recordedVisit(who) {
      const number = await book(citizen.page, product.url, { postalCode: '00-000', who })
      const visit = await visitRow(product, number)
      await product.messagesSent()
      const meeting = linkIn((await emailTo(product, who.email)).text, 'spotkanie')
      product.clock.set(new Date(visit.starts_at.getTime() - 60_000))
      await enterWaitingRoom(citizen.page, meeting)
      await reachDay()
      await startCall(officer.page, citizen.page, `${who.firstName} ${who.lastName}`)
      await seesMoving(officer.page, citizenAtOfficer, 'client')
      await isRecorded()
      return visit.id
    },
    reachDay,
    isRecorded,
    sessionsOf,
    lastOf,
    holds: (visitId, tracks, more = 5) =>
      vi.waitFor(async () => {
        const counts = framesByTrack((await lastOf(visitId))?.records ?? [])
        for (const track of tracks) expect(counts[track] ?? 0, track).toBeGreaterThan(more)
      }, patience),
  }
}

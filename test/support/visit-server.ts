import { registerInformationRoutes } from '../../src/institution/information-routes'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { SignInConfig, TurnConfig } from '../../src/config/config'
import { registerAdministrationRoutes } from '../../src/administration/administration-routes'
import { registerDeskRoutes } from '../../src/desk/desk-routes'
import { institutionTexts } from '../../src/institution/institution-texts'
import { problemAnswer } from '../../src/main/problem-answer'
import { type Bus, openBus } from '../../src/platform/bus'
import type { Every } from '../../src/platform/every'
import { createHttpServer } from '../../src/platform/http/server'
import { liveTranslator, staffTranslator } from '../../src/platform/i18n/translator'
import { registerJournalRoutes } from '../../src/recording/journal-routes'
import { registerSigningKeysApi } from '../../src/recording/signing-keys-api'
import { registerPlaybackRoutes } from '../../src/recording/playback-routes'
import { registerRecordingRoutes } from '../../src/recording/recording-routes'
import { createLogger } from '../../src/platform/logger'
import { hashPassword } from '../../src/staff/password'
import type { StaffRole } from '../../src/staff/staff'
import { registerOperationsRoutes } from '../../src/operations/operations-routes'
import { registerReplanningRoutes } from '../../src/replanning/replanning-routes'
import { registerPrivacyRoutes } from '../../src/privacy/privacy-routes'
import { registerStatisticsRoutes } from '../../src/statistics/statistics-routes'
import { registerStaffRoutes } from '../../src/staff/staff-routes'
import { insertStaff } from '../../src/staff/staff-store'
import { registerDeviceRoutes } from '../../src/visit/device-routes'
import { registerMeetingRoutes } from '../../src/visit/meeting-routes'
import { keepServerProcess } from '../../src/visit/server-process'
import { registerRoomRoutes } from '../../src/visit/room-routes'
import { rulesForTests } from './backoffice-for-tests'
import type { World } from './world'

/** A process that serves visits, staff and desk; its timers run when a test says so. */
export interface VisitServer {
  /** Without a trailing slash. */
  url: string
  app: FastifyInstance
  bus: Bus
  /** Runs everything that repeats at this interval, once. */
  tick(milliseconds: number): void
  close(): Promise<void>
}

const byHand = () => {
  const timers = new Map<object, { milliseconds: number; run: () => void }>()
  const every: Every = (milliseconds, run) => {
    const key = {}
    timers.set(key, { milliseconds, run })
    return () => timers.delete(key)
  }
  const tick = (wanted: number) => {
    for (const { milliseconds, run } of [...timers.values()]) if (milliseconds === wanted) run()
  }
  return { every, tick }
}

/** Settings of what no test here asks. */
const ofNothing = {
  smtpUrl: undefined,
  mailFrom: 'e-wizyta@example.org',
  sms: { provider: 'mailbox' },
  recordings: { kind: 'folder', folder: '.' },
} as const

/** Starts a process of its own on the world's database: what two of them share goes through Postgres. */
export async function startVisitServer(
  world: World,
  turn?: TurnConfig,
  signIn: Partial<SignInConfig> = {},
): Promise<VisitServer> {
  const { db, clock, keys, directory, queue } = world
  const log = createLogger('silent')
  const bus = await openBus(world.url, db, log, () => clock.now())
  const { every, tick } = byHand()
  const texts = institutionTexts(directory, () => clock.now())
  const translators = {
    pl: liveTranslator('pl', texts),
    en: liveTranslator('en', texts),
    uk: liveTranslator('uk', texts),
  }
  const publicUrl = 'http://localhost'
  const services = {
    ...{ db, clock, keys, directory, queue, bus, log, translators, publicUrl },
    staffTexts: staffTranslator(() => texts.words('pl')),
    demo: false,
    config: {
      turn,
      ...ofNothing,
      dataFolder: world.storeFolder,
      signIn: { passwords: true, secondFactor: false, oidc: undefined, ...signIn },
    },
    sms: { name: 'test', send: () => Promise.resolve({ providerId: null }) },
    about: { version: 'test', migrations: [], jobs: [] },
    store: world.store,
    endpointRules: rulesForTests,
  }
  const app = await createHttpServer(
    { publicUrl, trustProxy: false, rateLimits: false, cameraRoutes: [], programRoutes: [] },
    log,
    problemAnswer(translators, services),
  )
  registerDeviceRoutes(app, services)
  registerMeetingRoutes(app, services)
  const serverProcess = keepServerProcess(app, services, every)
  registerRoomRoutes(app, services, serverProcess, every)
  registerJournalRoutes(app, services, every)
  registerStaffRoutes(app, services)
  registerDeskRoutes(app, services, serverProcess, every)
  registerRecordingRoutes(app, services)
  registerPlaybackRoutes(app, services, every)
  registerSigningKeysApi(app, services)
  registerOperationsRoutes(app, services)
  registerPrivacyRoutes(app, services)
  registerAdministrationRoutes(app, services)
  registerInformationRoutes(app, services)
  registerReplanningRoutes(app, services)
  registerStatisticsRoutes(app, services)
  await app.listen({ port: 0, host: 'localhost' })
  const { port } = app.server.address() as AddressInfo
  return {
    url: `http://localhost:${port}`,
    app,
    bus,
    tick,
    close: async () => {
      await app.close()
      await bus.close()
    },
  }
}

export const testPassword = 'dobre hasło'
let cheapHash: Promise<string> | undefined
/** The product's own cost would make every test wait for what one test of passwords shows. */
const hashForTests = () =>
  (cheapHash ??= hashPassword(testPassword, { blocks: 1024, blockSize: 8, passes: 1 }))

let people = 0

export interface TestStaff {
  id: number
  email: string
  name: string
}

/** Somebody of the staff with `testPassword`; an officer of the world's branch who serves every topic, unless told. */
export async function addStaff(
  world: World,
  options: { name?: string; role?: StaffRole; branchId?: number | null; topics?: string[] } = {},
): Promise<TestStaff> {
  const { directory, branch } = world
  const { name = 'Ewa Maj', role = 'officer', branchId = branch.id } = options
  const topics = options.topics ?? directory.topics.map(({ code }) => code)
  const email = `pracownik.${++people}@example.org`
  const passwordHash = await hashForTests()
  const topicIds = topics.map((code) => world.topic(code).id)
  const id = await world.db
    .transaction()
    .execute((tx) => insertStaff(tx, { email, name, passwordHash, role, branchId, topicIds }))
  return { id, email, name }
}

export interface FormAnswer {
  status: number
  location: string | null
  body: string
  cookie: string
}

interface FormOptions {
  cookie?: string
  json?: boolean
  origin?: string
}

/** Sends a form as a page of ours does, without following where it leads. */
export async function post(
  server: VisitServer,
  path: string,
  fields: Record<string, string> = {},
  { cookie = '', json = false, origin = server.url }: FormOptions = {},
): Promise<FormAnswer> {
  const answer = await fetch(`${server.url}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin, cookie, ...(json && { accept: 'application/json' }) },
    body: new URLSearchParams(fields),
  })
  return read(answer)
}

export async function get(server: VisitServer, path: string, cookie = ''): Promise<FormAnswer> {
  return read(await fetch(`${server.url}${path}`, { redirect: 'manual', headers: { cookie } }))
}

const read = async (answer: Response): Promise<FormAnswer> => ({
  status: answer.status,
  location: answer.headers.get('location'),
  // What is read is compared, not where a line may break
  body: (await answer.text()).replaceAll('\u00a0', ' '),
  cookie: answer.headers.get('set-cookie') ?? '',
})

/** The cookie header of somebody who has just signed in. */
export async function signIn(server: VisitServer, { email }: Pick<TestStaff, 'email'>): Promise<string> {
  const answer = await post(server, '/pracownik', { email, password: testPassword })
  if (answer.status !== 303) throw new Error(`Not signed in: ${answer.status}`)
  return answer.cookie.split(';')[0] ?? ''
}

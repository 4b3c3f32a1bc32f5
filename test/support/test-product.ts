import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import { readConfig, type SignInConfig } from '../../src/config/config'
import { generateSeats } from '../../src/institution/generate-seats'
import { buildApp } from '../../src/main/app'
import { addSampleBranch } from '../../src/main/demo/sample-branch'
import { addSampleStaff } from '../../src/main/demo/sample-staff'
import { startBackoffice } from '../../src/main/backoffice'
import { startMessaging } from '../../src/main/messaging'
import { openServices, type Services } from '../../src/main/services'
import { type Keys, randomKeys } from '../../src/platform/keys'
import { createLogger } from '../../src/platform/logger'
import { dayOf } from '../../src/platform/zone'
import { type FakeClock, fakeClock } from './fake-clock'
import { freePort } from './free-port'
import { createTestDatabase, type TestDatabase } from './template-database'

/** The whole product in this process, on a database and with a clock of its own. */
export interface TestProduct {
  /** Without a trailing slash. */
  url: string
  app: FastifyInstance
  services: Services
  clock: FakeClock
  /** Resolves when everything that is due by the clock has left the outbox. */
  messagesSent(): Promise<void>
  stop(): Promise<void>
}

export interface TestProductOptions {
  clock?: FakeClock
  /** Another database than a fresh copy, e.g. that of a first product when two share one. */
  database?: TestDatabase
  keys?: Keys
  environment?: Record<string, string>
  /** Other ways in than those of the demonstration. */
  signIn?: Partial<SignInConfig>
}

/** Starts the demonstration with its sample branch and accounts on a free port of this machine. */
export async function startTestProduct(
  adminUrl: string,
  options: TestProductOptions = {},
): Promise<TestProduct> {
  const clock = options.clock ?? fakeClock()
  const database = options.database ?? (await createTestDatabase(adminUrl))
  const demonstration = readConfig({ RATE_LIMITS: 'off', LOG_LEVEL: 'warn', ...options.environment })
  const config = { ...demonstration, signIn: { ...demonstration.signIn, ...options.signIn } }
  const log = createLogger(config.logLevel)
  if (!options.database) await addDemonstration(database, clock)

  const port = await freePort()
  const url = `http://localhost:${port}`
  const wakers: (() => void)[] = []
  const services = await openServices({
    config,
    publicUrl: url,
    databaseUrl: database.url,
    clock,
    keys: options.keys ?? randomKeys(),
    log,
    wakeDispatcher: () => wakers.forEach((wake) => wake()),
  })
  const messaging = await startMessaging(services)
  wakers.push(messaging.wake)
  const webhooks = startBackoffice(services)
  const app = await buildApp(services)
  await app.listen({ port, host: 'localhost' })

  return {
    url,
    app,
    services,
    clock,
    messagesSent: async () => {
      messaging.wake()
      await nothingDue(services)
    },
    stop: async () => {
      await app.close()
      await webhooks.stop()
      await messaging.stop()
      await services.close()
      if (!options.database) await database.drop()
    },
  }
}

async function addDemonstration({ db }: TestDatabase, clock: FakeClock): Promise<void> {
  const { time_zone: timeZone } = await db
    .selectFrom('institution')
    .select('time_zone')
    .executeTakeFirstOrThrow()
  const now = clock.now()
  const today = dayOf(now, timeZone)
  await addSampleBranch(db, { validFrom: today, visitMinutes: 20, bufferMinutes: 5 })
  await addSampleStaff(db)
  await generateSeats(db, { from: today, days: 10, now, timeZone })
}

const pauseMilliseconds = 25

async function nothingDue({ db, clock }: Services): Promise<void> {
  for (;;) {
    const due = await db
      .selectFrom('message')
      .where((any) =>
        any.or([
          any('state', '=', 'sending'),
          any.and([any('state', '=', 'queued'), any('due_at', '<=', clock.now())]),
        ]),
      )
      .select(sql<number>`count(*)::int`.as('count'))
      .executeTakeFirstOrThrow()
    const mails = await db
      .selectFrom('staff_mail')
      .where('state', 'in', ['queued', 'sending'])
      .where('due_at', '<=', clock.now())
      .select('id')
      .executeTakeFirst()
    if (due.count === 0 && !mails) return
    await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds))
  }
}

import { access, constants, mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Config } from '../config/config'
import { visitUrls } from '../message/visit-urls'
import { systemClock } from '../platform/clock'
import { openDatabase } from '../platform/db'
import { openKeys } from '../platform/keys'
import { createLogger } from '../platform/logger'
import { startEmbeddedPostgres } from '../platform/postgres/embedded-postgres'
import { storeFault } from '../recording/recording-troubles'
import { buildApp } from './app'
import { visitThatStartsNow } from './demo/demo-visit'
import { prepareDatabase } from './prepare-database'
import { openServices, type Services } from './services'
import { StartError } from './start-error'
import { startWork } from './work'

/** The running product of one process. */
export interface Product {
  config: Config
  publicUrl: string
  /** Client's link of the demonstration visit. */
  demoMeetingUrl: string | undefined
  stop: () => Promise<void>
}

/** Stops are carried out in the reverse order of what was started, each even when another failed. */
type Stops = (() => Promise<void>)[]

async function stopAll(stops: Stops): Promise<void> {
  const errors: unknown[] = []
  for (const stop of stops.reverse()) await stop().catch((error: unknown) => errors.push(error))
  if (errors.length > 0) throw errors[0]
}

/**
 * Starts what the configuration asks for: database, pages, dispatcher, jobs.
 * @throws StartError and the errors named in server.ts, all of which have a sentence with the remedy
 */
export async function startProduct(config: Config): Promise<Product> {
  const log = createLogger(config.logLevel)
  const stops: Stops = []
  try {
    if (config.role !== 'worker') await checkPort(config)
    await makeDataFolder(config.dataFolder)
    const keys = await openKeys(join(config.dataFolder, 'keys')).catch((error: unknown) => {
      throw new StartError(
        `The keys in ${join(config.dataFolder, 'keys')} cannot be read (${messageOf(error)}). Put the file back from its backup; without it personal data stay sealed.`,
      )
    })

    const databaseUrl = await openDatabaseServer(config, log, stops)
    const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`
    await prepareDatabase({ config, publicUrl, databaseUrl, clock: systemClock, log })

    const wakers: (() => void)[] = []
    const services = await openServices({
      config,
      publicUrl,
      databaseUrl,
      clock: systemClock,
      keys,
      log,
      wakeDispatcher: () => wakers.forEach((wake) => wake()),
    })
    stops.push(services.close)
    void warnOfStore(services)

    if (config.role !== 'server') {
      const work = await startWork(services)
      wakers.push(work.wake)
      stops.push(work.stop)
    }
    if (config.role !== 'worker') {
      let stopping = false
      const app = await buildApp(services, () => stopping)
      stops.push(async () => {
        stopping = true
        await app.close()
      })
      await app.listen({ port: config.port, host: config.host })
    }

    const visit = config.demo ? await visitThatStartsNow({ ...services, now: systemClock.now() }) : undefined
    return {
      config,
      publicUrl,
      demoMeetingUrl: visit && visitUrls(publicUrl, keys, visit).meeting,
      stop: () => stopAll(stops),
    }
  } catch (error) {
    await stopAll(stops).catch((alsoWrong: unknown) =>
      log.error({ message: messageOf(alsoWrong) }, 'stopping'),
    )
    throw error
  }
}

/** Visits go on without a store, unrecorded; who looks after the system should hear of it at once. */
async function warnOfStore({ store, log }: Services): Promise<void> {
  const reason = await storeFault(store)
  if (reason !== undefined) log.warn({ reason }, 'the store of recordings does not work')
}

/** A name with several addresses that all refuse gives an error without words of its own. */
const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.message || ((error as NodeJS.ErrnoException).code ?? error.name)
}

/** Before anything is started: a taken port is the most usual reason why a start fails. */
async function checkPort({ port, host }: Config): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => reject(portError(error, port, host)))
    probe.listen(port, host, () => probe.close(() => resolve()))
  })
}

function portError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (error.code === 'EADDRINUSE')
    return new StartError(
      `Port ${port} is taken by another program. Stop that program, or choose another port: PORT=${port + 1} npm start`,
    )
  if (error.code === 'EACCES')
    return new StartError(
      `This user may not listen on port ${port}. Choose one above 1023: PORT=3000 npm start`,
    )
  return new StartError(
    `It is not possible to listen on ${host}:${port} (${error.code ?? error.message}). Check HOST and PORT.`,
  )
}

async function makeDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK)
  } catch (error) {
    throw new StartError(
      `The data folder ${folder} cannot be made or written (${messageOf(error)}). Make it writable for this user, or choose another: DATA_DIR=/path npm start`,
    )
  }
}

async function openDatabaseServer(
  config: Config,
  log: ReturnType<typeof createLogger>,
  stops: Stops,
): Promise<string> {
  if (!config.databaseUrl) {
    const postgres = await startEmbeddedPostgres({ folder: join(config.dataFolder, 'postgres'), log })
    stops.push(() => postgres.stop())
    return postgres.url
  }
  const url = config.databaseUrl.reveal()
  const { db, close } = openDatabase(url, { maxConnections: 1 })
  try {
    await sql`select 1`.execute(db)
  } catch (error) {
    const { host } = new URL(url)
    throw new StartError(
      `The database at ${host} does not let us in (${messageOf(error)}). Check DATABASE_URL and whether the server runs; without the setting the embedded one is used.`,
    )
  } finally {
    await close()
  }
  return url
}

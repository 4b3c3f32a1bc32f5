import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { startEmbeddedPostgres } from '../../src/platform/postgres/embedded-postgres'
import { readPostmasterFile } from '../../src/platform/postgres/postmaster'
import { makeReachableFolder } from '../support/reachable-folder'
import type { Figure } from './figure'
import { type ProductProcess, type ProductRole, startProduct, stopPrograms } from './product-process'

/** What every bench of one run shares: a PostgreSQL of its own with default, durable settings, and the product. */
export interface BenchRun {
  /** All 100,000 messages instead of a fifth of them. */
  full: boolean
  /** Of the PostgreSQL server; all its processes descend from it. */
  postmasterPid: number
  /** Says what was measured how; for reading, left out of JSON. */
  note(text: string): void
  /** An empty database; its URL. */
  createDatabase(name: string): Promise<string>
  dropDatabase(name: string): Promise<void>
  /** The product on a database and data folder of that name, which outlive the process. */
  start(name: string, role: ProductRole, environment?: Record<string, string>): Promise<ProductProcess>
  databaseUrl(name: string): string
  dataFolder(name: string): string
  /** The pages and the API, without dispatcher and jobs; started when first asked for, the same for all benches. */
  server(): Promise<ProductProcess>
  /** The server that was started for the benches, if any was. */
  startedServer(): ProductProcess | undefined
  /** Ends every process that was started and removes what they wrote. */
  close(): Promise<void>
}

/** One bench: its figures, or an error when an answer was wrong. */
export type Bench = (run: BenchRun) => Promise<Figure[]>

const serverName = 'product'

export async function openBenchRun(options: {
  full: boolean
  note: (text: string) => void
}): Promise<BenchRun> {
  const folder = await makeReachableFolder()
  // Standard output belongs to the figures
  const log = pino({ level: 'warn' }, pino.destination(2))
  const postgres = await startEmbeddedPostgres({ folder: join(folder, 'postgres'), log })
  const postmaster = await readPostmasterFile(join(postgres.home, 'cluster'))
  if (typeof postmaster !== 'object') throw new Error('PostgreSQL does not say its process number')
  const databases = new Set<string>()
  let server: Promise<ProductProcess> | undefined
  let startedServer: ProductProcess | undefined

  const databaseUrl = (name: string) => Object.assign(new URL(postgres.url), { pathname: name }).href
  const createDatabase = async (name: string) => {
    databases.add(name)
    await query(postgres.url, `create database ${name}`)
    return databaseUrl(name)
  }
  const dataFolder = (name: string) => join(folder, name)
  const start: BenchRun['start'] = async (name, role, environment = {}) => {
    if (!databases.has(name)) await createDatabase(name)
    return startProduct({ databaseUrl: databaseUrl(name), dataFolder: dataFolder(name), role, environment })
  }

  return {
    ...options,
    postmasterPid: postmaster.pid,
    createDatabase,
    dropDatabase: async (name) => {
      await query(postgres.url, `drop database ${name}`)
    },
    databaseUrl,
    dataFolder,
    start,
    server: () => (server ??= start(serverName, 'server').then((product) => (startedServer = product))),
    startedServer: () => startedServer,
    close: async () => {
      await stopPrograms()
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Rows of statements on a connection of their own; parameters only with a single statement. */
export async function query<Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  parameters?: unknown[],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql, parameters)).rows
  } finally {
    await client.end()
  }
}

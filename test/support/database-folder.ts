import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach } from 'vitest'
import { createLogger } from '../../src/platform/logger'
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '../../src/platform/postgres/embedded-postgres'
import { readPostmasterFile } from '../../src/platform/postgres/postmaster'
import { makeReachableFolder } from './reachable-folder'
import { type OwnerProcess, startOwner } from './start-owner'

interface DatabaseFolder {
  /** Fresh for each test and removed after it. */
  readonly temporary: string
  /** Where the database is to be; inside of `temporary`. */
  folder: string
  start(more?: Partial<EmbeddedPostgresOptions>): Promise<EmbeddedPostgres>
  startAndStop(): Promise<EmbeddedPostgres>
  startInOtherProcess(): Promise<{ owner: OwnerProcess; url: string }>
  /** Further processes that try; killed after the test. */
  startRivals(count: number): OwnerProcess[]
  /** Process number of the server in the folder, 0 if there is none. */
  postmaster(home?: string): Promise<number>
}

/** For tests of the embedded PostgreSQL itself: whatever they start is ended after each test. */
export function databaseFolder(): DatabaseFolder {
  const state = { temporary: '', folder: '' }
  const owners: OwnerProcess[] = []
  const servers: EmbeddedPostgres[] = []

  beforeEach(async () => {
    state.temporary = await makeReachableFolder()
    // Data folders of operators hold spaces and Polish letters too
    state.folder = join(state.temporary, 'dane próbne', 'postgres')
  })

  afterEach(async () => {
    for (const owner of owners.splice(0)) await owner.kill()
    for (const server of servers.splice(0)) await server.stop()
    // The server of a killed owner is ended by being taken over
    if (await postmaster()) await (await start()).stop()
    servers.length = 0
    await rm(state.temporary, { recursive: true, force: true })
  })

  const start = async (more: Partial<EmbeddedPostgresOptions> = {}) => {
    const server = await startEmbeddedPostgres({
      folder: state.folder,
      log: createLogger('silent'),
      settings: { fsync: 'off' },
      sharedFolder: join(state.temporary, 'shared'),
      ...more,
    })
    servers.push(server)
    return server
  }

  const postmaster = async (home = state.folder) => {
    const file = await readPostmasterFile(join(home, 'cluster'))
    return typeof file === 'object' ? file.pid : 0
  }

  const startRivals = (count: number) => {
    const rivals = Array.from({ length: count }, () => startOwner(state.folder))
    owners.push(...rivals)
    return rivals
  }

  return Object.assign(state, {
    start,
    postmaster,
    startRivals,
    startAndStop: async () => {
      const server = await start()
      await server.stop()
      return server
    },
    startInOtherProcess: async () => {
      const [owner] = startRivals(1)
      const answer = await owner?.answer()
      if (!owner || !answer || !('url' in answer)) throw new Error(JSON.stringify(answer))
      return { owner, url: answer.url }
    },
  })
}

/** Runs one statement on a connection of its own: all values of all rows. */
export async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const result = await client.query<Record<string, unknown>>({ text: sql })
    return result.rows.flatMap((row) => Object.values(row))
  } finally {
    await client.end()
  }
}

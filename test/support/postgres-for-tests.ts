import { rm } from 'node:fs/promises'
import type { TestProject } from 'vitest/node'
import { createLogger } from '../../src/platform/logger'
import { startEmbeddedPostgres } from '../../src/platform/postgres/embedded-postgres'
import { prepareTemplate } from './template-database'
import { makeTestDatabaseFolder, removeAbandonedDatabases } from './test-database-folder'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Of the server for this test run; its role may create databases. */
    postgresUrl: string
  }
}

interface SharedServer {
  url: string
  close(): Promise<void>
}

/** Vitest runs this file once per project, each time as a new module; the projects of one run share a server. */
const shared = globalThis as { testPostgres?: { server: Promise<SharedServer>; users: number } }

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const entry = (shared.testPostgres ??= { server: startServer(), users: 0 })
  entry.users++
  const server = await entry.server
  project.provide('postgresUrl', server.url)
  return async () => {
    if (--entry.users > 0) return
    delete shared.testPostgres
    await server.close()
  }
}

async function startServer(): Promise<SharedServer> {
  await removeAbandonedDatabases()
  const { temporary, database } = await makeTestDatabaseFolder()
  const server = await startEmbeddedPostgres({
    folder: database,
    log: createLogger('warn'),
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      // Its workers are the server's own: a test could not drop a database that one of them is in
      autovacuum: 'off',
    },
  })
  const close = async () => {
    await server.stop()
    await rm(temporary, { recursive: true, force: true })
  }
  try {
    await prepareTemplate(server.url)
  } catch (error) {
    await close()
    throw error
  }
  return { url: server.url, close }
}

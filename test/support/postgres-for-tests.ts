import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { createLogger } from '../../src/platform/logger'
import { startEmbeddedPostgres } from '../../src/platform/postgres/embedded-postgres'
import { makeReachableFolder } from './reachable-folder'
import { prepareTemplate } from './template-database'

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
  const folder = await makeReachableFolder()
  const server = await startEmbeddedPostgres({
    folder: join(folder, 'postgres'),
    log: createLogger('warn'),
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  })
  const close = async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await prepareTemplate(server.url)
  } catch (error) {
    await close()
    throw error
  }
  return { url: server.url, close }
}

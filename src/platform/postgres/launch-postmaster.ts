import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { type ClusterPlace, clusterIn } from './cluster-place'
import type { PostgresBinaries } from './postgres-binaries'
import { errorFromOutput } from './postgres-start-error'
import { pollMilliseconds, type Postmaster, readPostmasterFile, startMilliseconds } from './postmaster'
import { openServerLog, readServerLog } from './server-log'
import { asArguments, type ServerSettings } from './server-settings'
import { serverEnvironment } from './server-user'

interface LaunchOptions {
  place: ClusterPlace
  binaries: PostgresBinaries
  settings: ServerSettings
  /** A free one is chosen if absent. */
  port?: number
}

/** A port taken since we looked; processes of a killed server which are about to end or are not yet buried. */
const passing = /could not bind|pre-existing shared memory block|lock file "postmaster.pid" already exists/i
const launchAttempts = 20
const retryMilliseconds = 250

/**
 * Starts the server in a session of its own, so that Ctrl-C in our terminal does not reach it, and waits
 * until it accepts connections.
 * @throws PostgresStartError `start_failed`, `disk_full`, `folder_not_writable`
 */
export async function launchPostmaster(options: LaunchOptions): Promise<Postmaster> {
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort())
    const launched = await launchOnce(options, port)
    if ('pid' in launched) return launched
    if (!passing.test(launched.output) || attempt >= launchAttempts) {
      throw errorFromOutput('start_failed', launched.output, options.place.home)
    }
    await delay(retryMilliseconds)
  }
}

async function launchOnce(options: LaunchOptions, port: number): Promise<Postmaster | { output: string }> {
  const cluster = clusterIn(options.place.home)
  const log = openServerLog(options.place)
  const child = spawnServer(options, port, log.descriptor)
  child.unref()
  const end = { came: false, said: '' }
  const exited = new Promise<void>((resolve) => {
    child.once('error', (error) => (end.said = error.message))
    child.once('exit', () => resolve()).once('error', () => resolve())
  }).then(() => {
    end.came = true
  })
  const deadline = performance.now() + startMilliseconds
  while (!end.came && child.pid !== undefined && performance.now() < deadline) {
    const file = await readPostmasterFile(cluster)
    if (typeof file === 'object' && file.pid === child.pid && file.status === 'ready') {
      return { pid: child.pid, port, exited }
    }
    await delay(pollMilliseconds)
  }
  if (!end.came) child.kill('SIGQUIT')
  return { output: `${await readServerLog(log)}${end.said}` }
}

function spawnServer({ place, binaries, settings }: LaunchOptions, port: number, log: number): ChildProcess {
  const args = ['-D', clusterIn(place.home), '-p', String(port), ...asArguments(settings)]
  try {
    return spawn(binaries.postgres, args, {
      ...place.user,
      cwd: '/',
      env: serverEnvironment,
      detached: true,
      stdio: ['ignore', log, log],
      windowsHide: true,
    })
  } finally {
    closeSync(log)
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No free port')
  return address.port
}

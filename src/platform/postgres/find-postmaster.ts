import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type ClusterPlace, clusterIn } from './cluster-place'
import { PostgresStartError } from './postgres-start-error'
import { pollMilliseconds, type Postmaster, readPostmasterFile, startMilliseconds } from './postmaster'
import { commandLine, identifyProcess, isUnburied, stillLives } from './process-identity'

const watchMilliseconds = 200

/**
 * The server of an owner that was killed, once it accepts connections; undefined if there is none. A
 * `postmaster.pid` that would stop a new server though it names no server of this cluster is removed.
 */
export async function findPostmaster(place: ClusterPlace): Promise<Postmaster | undefined> {
  const cluster = clusterIn(place.home)
  const deadline = performance.now() + startMilliseconds
  while (performance.now() < deadline) {
    const file = await readPostmasterFile(cluster)
    if (file === undefined) return undefined
    const identity = file === 'damaged' ? undefined : await identifyProcess(file.pid)
    if (file === 'damaged' || (identity && !(await mayBeServerOf(cluster, identity.pid)))) {
      await rm(join(cluster, 'postmaster.pid'), { force: true })
      return undefined
    }
    if (!identity) {
      // A new server needs the file of a dead one: it looks for what that one may have left running. But it
      // takes an unburied server for a living one, so then we look ourselves
      if (!(await isUnburied(file.pid))) return undefined
      const attached = await attachedProcesses(file.sharedMemoryId)
      if (attached === 0) await rm(join(cluster, 'postmaster.pid'), { force: true })
      if (attached === 0 || attached === undefined) return undefined
    }
    if (identity && file.status === 'ready' && file.port !== undefined) {
      return { pid: identity.pid, port: file.port, exited: whenGone(() => stillLives(identity)) }
    }
    await delay(pollMilliseconds)
  }
  throw new PostgresStartError(
    'start_failed',
    `An earlier PostgreSQL on ${place.home} neither starts nor stops: end it and start again.`,
  )
}

async function mayBeServerOf(cluster: string, pid: number): Promise<boolean> {
  const words = await commandLine(pid)
  return words === undefined || (words.includes('postgres') && words.includes(` -D ${cluster} `))
}

/** How many processes use the System V segment; undefined where that cannot be known. */
async function attachedProcesses(sharedMemoryId: number | undefined): Promise<number | undefined> {
  const table = await readFile('/proc/sysvipc/shm', 'utf8').catch(() => undefined)
  return table === undefined || sharedMemoryId === undefined
    ? undefined
    : attachedFromTable(table, sharedMemoryId)
}

/** The same from the text of /proc/sysvipc/shm; a segment that is not listed is used by nobody. */
export function attachedFromTable(table: string, sharedMemoryId: number): number {
  const [header = [], ...rows] = table.split('\n').map((line) => line.trim().split(/\s+/))
  const [idColumn, attachedColumn] = [header.indexOf('shmid'), header.indexOf('nattch')]
  const row = rows.find((cells) => Number(cells[idColumn]) === sharedMemoryId)
  return Number(row?.[attachedColumn] ?? 0)
}

/** For a server that is not our child: looks every now and then, without keeping our process alive. */
async function whenGone(lives: () => Promise<boolean>): Promise<void> {
  while (await lives()) await delay(watchMilliseconds, undefined, { ref: false })
}

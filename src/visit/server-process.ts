import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import { type Db, inTransaction, type Tx } from '../platform/db'
import { type Every, everyInterval } from '../platform/every'
import type { Logger } from '../platform/logger'
import { countHeartbeat, insertProcess, removeProcesses, visitsOfProcess } from './presence-store'
import { tellOfBranch, tellOfVisit } from './visit-notices'

const beatEveryMilliseconds = 5000

interface ServerProcess {
  id: string
  stop(): Promise<void>
}

interface Parts {
  db: Db
  bus: Bus
  clock: Clock
  log: Logger
  every: Every
  /** Others took this process for dead and removed its presence: its sockets must come anew. */
  onForgotten: () => void
}

/**
 * Says that a process lives. Whoever took it for dead reads its visits again.
 * @returns false when the process was removed
 */
export async function keepAlive(
  tx: Tx,
  { processId, now, bus }: { processId: string; now: Date; bus: Bus },
): Promise<boolean> {
  const unlessSince = new Date(now.getTime() - beatEveryMilliseconds)
  const heartbeat = await countHeartbeat(tx, { processId, now, unlessSince })
  if (heartbeat === 'late') await tellOf(tx, bus, await visitsOfProcess(tx, processId))
  return heartbeat !== 'gone'
}

async function tellOf(
  tx: Tx,
  bus: Bus,
  changed: readonly { visitId: string | null; branchId: number }[],
): Promise<void> {
  for (const { visitId, branchId } of changed)
    if (visitId === null) await tellOfBranch(tx, bus, branchId)
    else await tellOfVisit(tx, bus, { id: visitId, branchId })
}

/** This process among those that hold sockets, for everybody in it who keeps presence. */
export interface ServerPresence {
  /** @throws before the application is ready */
  id(): string
  /** Others took this process for dead and removed its presence: sockets must come anew. */
  onForgotten(listener: () => void): void
}

/** Keeps one entry of this process for as long as the application runs. */
export function keepServerProcess(
  app: FastifyInstance,
  parts: Omit<Parts, 'every' | 'onForgotten'>,
  every: Every = everyInterval,
): ServerPresence {
  const listeners: (() => void)[] = []
  let started: ServerProcess | undefined
  app.addHook('onReady', async () => {
    const onForgotten = () => {
      for (const listener of listeners) listener()
    }
    started = await startServerProcess({ ...parts, every, onForgotten })
  })
  app.addHook('onClose', async () => {
    await started?.stop()
  })
  return {
    id: () => {
      if (!started) throw new Error('A socket was opened before the process was entered')
      return started.id
    },
    onForgotten: (listener) => {
      listeners.push(listener)
    },
  }
}

/**
 * Enters this process among those that hold sockets, says every 5 s that it lives, and removes the presence
 * of processes that died, telling whoever looks at their visits.
 */
async function startServerProcess({
  db,
  bus,
  clock,
  log,
  every,
  onForgotten,
}: Parts): Promise<ServerProcess> {
  const id = randomUUID()
  const remove = (which: { id: string } | { deadAt: Date }) =>
    inTransaction(db, async (tx) => tellOf(tx, bus, await removeProcesses(tx, which)))
  const beat = async () => {
    const now = clock.now()
    const lives = await inTransaction(db, (tx) => keepAlive(tx, { processId: id, now, bus }))
    if (!lives) {
      await insertProcess(db, id, now)
      onForgotten()
    }
    await remove({ deadAt: now })
  }

  await insertProcess(db, id, clock.now())
  const stopBeating = every(beatEveryMilliseconds, () => {
    beat().catch((error: unknown) => log.warn({ error }, 'heartbeat failed'))
  })
  return {
    id,
    stop: async () => {
      stopBeating()
      await remove({ id })
    },
  }
}

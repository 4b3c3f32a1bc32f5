import { randomUUID } from 'node:crypto'
import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import { type Db, inTransaction } from '../platform/db'
import type { Every } from '../platform/every'
import type { Logger } from '../platform/logger'
import { countHeartbeat, deadAfterMilliseconds, removeProcesses } from './presence-store'
import { tellOfVisit } from './visit-notices'

const beatEveryMilliseconds = 5000

export interface ServerProcess {
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
 * Enters this process among those that hold sockets, says every 5 s that it lives, and removes the presence
 * of processes that died, telling whoever looks at their visits.
 */
export async function startServerProcess({
  db,
  bus,
  clock,
  log,
  every,
  onForgotten,
}: Parts): Promise<ServerProcess> {
  const id = randomUUID()
  const remove = (which: { id: string } | { deadAt: Date }) =>
    inTransaction(db, async (tx) => {
      for (const { visitId, branchId } of await removeProcesses(tx, which))
        await tellOfVisit(tx, bus, { id: visitId, branchId })
    })
  let lastBeat = clock.now()
  const beat = async () => {
    const now = clock.now()
    const entered = await countHeartbeat(db, id, now)
    // After a long silence others have taken its sockets for gone, whether or not they have removed them
    const wasSilent = now.getTime() - lastBeat.getTime() >= deadAfterMilliseconds
    lastBeat = now
    if (entered || wasSilent) onForgotten()
    await remove({ deadAt: now })
  }

  await countHeartbeat(db, id, lastBeat)
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

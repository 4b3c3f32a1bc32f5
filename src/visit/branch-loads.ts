import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import type { Every } from '../platform/every'
import type { Logger } from '../platform/logger'
import { readBranchLoad } from './branch-load-store'
import type { BranchLoad } from './expected-wait'
import { deskTopic } from './visit-notices'

/** What goes on at the branches whose waiting rooms this process holds: read once for all of them. */
export interface BranchLoads {
  /** The last reading; read now unless somebody follows the branch already. */
  load(branchId: number): Promise<BranchLoad>
  /** Calls back after each new reading. Returns the end of following. */
  follow(branchId: number, listener: () => void): () => void
  stop(): void
}

/** Minutes pass although nothing happens. */
const readAgainEveryMilliseconds = 20_000

interface Branch {
  listeners: Set<() => void>
  last: Promise<BranchLoad>
  /** Something changed while a reading was on its way. */
  stale: boolean
  reading: boolean
  unsubscribe: () => void
}

export function createBranchLoads({
  db,
  bus,
  clock,
  log,
  every,
}: {
  db: Db
  bus: Bus
  clock: Clock
  log: Logger
  every: Every
}): BranchLoads {
  const branches = new Map<number, Branch>()
  const read = (branchId: number) => readBranchLoad(db, branchId, clock.now())

  /** However many changes come at once, one reading runs and at most one follows it. */
  const readAgain = (branchId: number, branch: Branch) => {
    if (branch.reading) {
      branch.stale = true
      return
    }
    branch.reading = true
    const reading = read(branchId)
    reading
      .then(
        () => {
          branch.last = reading
          for (const listener of branch.listeners) listener()
        },
        (error: unknown) => log.warn({ error }, 'load of a branch was not read'),
      )
      .finally(() => {
        branch.reading = false
        if (!branch.stale) return
        branch.stale = false
        readAgain(branchId, branch)
      })
  }

  const stopReading = every(readAgainEveryMilliseconds, () => {
    for (const [branchId, branch] of branches) readAgain(branchId, branch)
  })

  return {
    async load(branchId) {
      const followed = branches.get(branchId)
      // A reading that failed is no answer for whoever comes next
      return followed ? followed.last.catch(() => read(branchId)) : read(branchId)
    },
    follow(branchId, listener) {
      const branch = branches.get(branchId) ?? {
        listeners: new Set(),
        last: read(branchId),
        stale: false,
        reading: false,
        unsubscribe: bus.subscribe(deskTopic(branchId), () => {
          const followed = branches.get(branchId)
          if (followed) readAgain(branchId, followed)
        }),
      }
      // Nobody has asked yet
      branch.last.catch(() => undefined)
      branches.set(branchId, branch)
      branch.listeners.add(listener)
      return () => {
        branch.listeners.delete(listener)
        if (branch.listeners.size > 0 || branches.get(branchId) !== branch) return
        branches.delete(branchId)
        branch.unsubscribe()
      }
    },
    stop() {
      stopReading()
      for (const { unsubscribe } of branches.values()) unsubscribe()
      branches.clear()
    },
  }
}

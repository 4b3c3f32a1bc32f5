import { randomUUID } from 'node:crypto'
import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import type { Logger } from '../platform/logger'
import { may } from '../staff/may'
import type { Staff } from '../staff/staff'
import { deleteDeskWatch, insertDeskWatch } from '../visit/desk-watch-store'
import type { ServerPresence } from '../visit/server-process'
import { tellOfBranch } from '../visit/visit-notices'

/** Whose day page is open in this process: while it is, its officer counts among those who take visits. */
export interface DeskWatches {
  /** Returns the end of it: at once, or as somebody who may be loading the page anew. */
  begin(staff: Staff, branchId: number): (how: 'now' | 'soon') => void
  /** Forgets those who left before the call before: a page that is loaded anew is back by then. */
  sweep: () => void
}

interface Parts {
  db: Db
  bus: Bus
  clock: Clock
  log: Logger
  serverProcess: ServerPresence
}

export function createDeskWatches({ db, bus, clock, log, serverProcess }: Parts): DeskWatches {
  let leaving: (() => void)[] = []
  let left: (() => void)[] = []
  const failed = (error: unknown) => {
    log.warn({ error }, 'desk was not noted')
  }
  const nobody = () => undefined

  return {
    begin(staff, branchId) {
      if (!may(staff, 'call_in', branchId)) return nobody
      const connectionId = randomUUID()
      const tell = () => tellOfBranch(db, bus, branchId)
      const note = async () => {
        const processId = serverProcess.id()
        await insertDeskWatch(db, {
          connectionId,
          processId,
          staffId: staff.id,
          branchId,
          since: clock.now(),
        })
        await tell()
      }
      const noted = note().catch(failed)
      const forget = () => {
        noted.then(() => deleteDeskWatch(db, connectionId)).then(tell, failed)
      }
      return (how) => {
        if (how === 'now') forget()
        else leaving.push(forget)
      }
    },
    sweep() {
      for (const forget of left) forget()
      left = leaving
      leaving = []
    },
  }
}

import type { WebSocket } from '@fastify/websocket'
import type { DeskNotice, DeskVisit } from '../contract/desk-live'
import { watchLife } from '../platform/http/socket-life'
import { type Day, dayOf } from '../platform/zone'
import { closeCodes } from '../visit/room-connection'
import { readDeskDay } from './desk-day'
import type { DeskFeed, FeedParts } from './desk-feed'

export interface DeskConnection {
  close(code: number): void
  /** Closes without waiting for the other side's goodbye. */
  end(): void
  checkAlive: () => void
}

/** Sends a day's list to one page: all of it first, then what changes. The page has nothing to say. */
export function openDeskConnection(
  socket: WebSocket,
  { branchId, day }: { branchId: number; day: Day },
  feed: DeskFeed,
  { db, clock, keys, directory, translators, log }: FeedParts,
  onClose: () => void,
): DeskConnection {
  const { timeZone } = directory.institution
  let shown = new Set<string>()
  let last: Promise<void> = Promise.resolve()

  const send = (notice: DeskNotice) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(notice))
  }
  const sendDay = async () => {
    const now = clock.now()
    const visits = await readDeskDay(db, {
      branchId,
      day,
      keys,
      directory,
      texts: translators.pl,
      now,
    })
    shown = new Set(visits.map(({ id }) => id))
    send({ type: 'day', now: now.toISOString(), visits })
  }
  const sendVisit = async (visit: DeskVisit) => {
    if (dayOf(new Date(visit.startsAt), timeZone) === day) {
      shown.add(visit.id)
      send({ type: 'visit', now: clock.now().toISOString(), visit })
      return
    }
    // Moved to another day: only a whole new list can leave it out
    if (shown.has(visit.id)) await sendDay()
  }
  const inTurn = (work: () => Promise<void>) => {
    last = last.then(work).catch((error: unknown) => {
      log.error({ error }, 'list was not sent')
      socket.close(closeCodes.failed)
    })
  }

  // Followed before the list is read: what changes meanwhile comes after it
  const unfollow = feed.follow(branchId, {
    handleVisit: (visit) => {
      inTurn(() => sendVisit(visit))
    },
    handleRestored: () => {
      inTurn(sendDay)
    },
  })
  inTurn(sendDay)

  socket.on('message', () => {
    socket.close(closeCodes.refused)
  })
  socket.on('error', () => undefined)
  socket.on('close', () => {
    unfollow()
    onClose()
  })

  return {
    close: (code) => {
      socket.close(code)
    },
    end() {
      socket.close(closeCodes.restart)
      socket.terminate()
    },
    checkAlive: watchLife(socket),
  }
}

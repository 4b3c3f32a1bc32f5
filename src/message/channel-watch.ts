import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import type { Logger } from '../platform/logger'
import { uuidV7 } from '../platform/uuid'
import { markStopped, saveChannelWatch, type SeenChannel } from './channel-watch-store'
import type { ChannelName } from './message-plan'

const savedEverySeconds = 10

/** Notes for the messages page, in the database, how each channel of this process fares; never in the way of sending. */
export interface ChannelWatch {
  note(seen: SeenChannel): void
  stop(): Promise<void>
}

export function watchChannels({ db, clock, log }: { db: Db; clock: Clock; log: Logger }): ChannelWatch {
  const workerId = uuidV7(clock.now())
  const seen = new Map<ChannelName, SeenChannel>()
  let saving = Promise.resolve()
  const write = (work: () => Promise<void>) => {
    saving = saving.then(work).catch((error: unknown) => {
      log.warn({ error: error instanceof Error ? error.message : 'unknown' }, 'channels not noted')
    })
    return saving
  }
  const save = () =>
    write(() => saveChannelWatch(db, { workerId, now: clock.now(), seen: [...seen.values()] }))
  const timer = setInterval(() => void save(), savedEverySeconds * 1000)
  return {
    note: (fresh) => {
      const before = seen.get(fresh.channel)
      seen.set(fresh.channel, fresh)
      if (!before || before.breaker.pausedUntil !== fresh.breaker.pausedUntil) void save()
    },
    stop: () => {
      clearInterval(timer)
      return write(() => markStopped(db, workerId, clock.now()))
    },
  }
}

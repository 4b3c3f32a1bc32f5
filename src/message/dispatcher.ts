import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import type { Logger } from '../platform/logger'
import { type BreakerPolicy, defaultBreakerPolicy } from './channel-breaker'
import { type ChannelRunner, defaultLeasePolicy, type LeasePolicy, startChannel } from './channel-runner'
import { type ChannelWatch, watchChannels } from './channel-watch'
import type { Channel } from './delivery'
import { defaultRetryPolicy, type RetryPolicy } from './retry-policy'

/** Sends what is due in the outbox. Any number of processes may run one. */
export interface Dispatcher {
  start(): void
  /** Looks at due messages now instead of within a second. */
  wake(): void
  /**
   * Finishes what is in the air, for at most some seconds, and closes the providers. What does not end in
   * time is sent again, with the same id, when its lease runs out.
   */
  stop(): Promise<void>
}

interface DispatcherParts {
  db: Db
  clock: Clock
  log: Logger
  channels: readonly Channel[]
  retry?: RetryPolicy
  breaker?: BreakerPolicy
  lease?: LeasePolicy
  pollMilliseconds?: number
  stopSeconds?: number
  random?: () => number
}

export function createDispatcher({
  db,
  clock,
  log,
  channels,
  retry = defaultRetryPolicy,
  breaker = defaultBreakerPolicy,
  lease = defaultLeasePolicy,
  pollMilliseconds = 1000,
  stopSeconds = 10,
  random = Math.random,
}: DispatcherParts): Dispatcher {
  let runners: ChannelRunner[] = []
  let poll: NodeJS.Timeout | undefined
  let watch: ChannelWatch | undefined

  const wake = () => {
    for (const runner of runners) runner.nudge()
  }

  return {
    start: () => {
      if (poll) return
      watch = watchChannels({ db, clock, log })
      const parts = { db, clock, log, retry, breaker, lease, random, watch }
      runners = channels.map((channel) => startChannel(channel, parts))
      poll = setInterval(wake, pollMilliseconds)
      wake()
    },
    wake,
    stop: async () => {
      clearInterval(poll)
      poll = undefined
      const patience = new AbortController()
      await Promise.race([
        Promise.all(runners.map((runner) => runner.drain())),
        sleep(stopSeconds * 1000, undefined, { signal: patience.signal }).catch(() => undefined),
      ])
      patience.abort()
      runners = []
      await watch?.stop()
      await Promise.all(channels.map((channel) => channel.close()))
    },
  }
}

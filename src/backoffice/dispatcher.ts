import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Logger } from '../platform/logger'
import { deliver } from './deliver'
import { claimDue, type DueDelivery, endpointsWithDue, routeEntries } from './delivery-store'
import type { EndpointRules } from './endpoint-url'
import type { EntryReader } from './entry-content'
import { defaultWebhookLimits, type WebhookLimits } from './post-webhook'
import { defaultWebhookRetryPolicy, giveUpAt, type WebhookRetryPolicy } from './retry-policy'

/** Delivers what is due to the institution's other systems. Any number of processes may run one. */
export interface WebhookDispatcher {
  start(): void
  /** Ends what is in the air; what a killed process leaves is sent again, under the same id, after its lease. */
  stop(): Promise<void>
}

interface DispatcherParts {
  db: Db
  clock: Clock
  log: Logger
  keys: Keys
  readEntry: EntryReader
  rules: EndpointRules
  policy?: WebhookRetryPolicy
  limits?: WebhookLimits
  /** Longer than a try can take, so that no lease runs out under a living process. */
  leaseSeconds?: number
  /** Requests in the air to one endpoint from this process; a slow one keeps only its own places. */
  perEndpoint?: number
  pollMilliseconds?: number
  random?: () => number
}

export function createWebhookDispatcher({
  policy = defaultWebhookRetryPolicy,
  limits = defaultWebhookLimits,
  leaseSeconds = 60,
  perEndpoint = 4,
  pollMilliseconds = 1000,
  random = Math.random,
  ...rest
}: DispatcherParts): WebhookDispatcher {
  const parts = { ...rest, policy, limits, random }
  const { db, clock, log } = parts
  const inFlight = new Map<string, Set<Promise<void>>>()
  let poll: NodeJS.Timeout | undefined
  let looking: Promise<void> | undefined
  let again = false
  let stopped = false

  const inFlightTo = (endpointId: string) => {
    const known = inFlight.get(endpointId) ?? new Set()
    inFlight.set(endpointId, known)
    return known
  }

  const begin = (delivery: DueDelivery) => {
    const others = inFlightTo(delivery.endpoint.id)
    const ending = deliver(parts, delivery)
      .catch((error: unknown) => log.warn({ error: messageOf(error) }, 'a try was not written down'))
      .finally(() => {
        others.delete(ending)
        wake()
      })
    others.add(ending)
  }

  const look = async () => {
    const now = clock.now()
    await routeEntries(db, { now, giveUpAt: giveUpAt(policy, now) })
    for (const endpointId of await endpointsWithDue(db, now)) {
      const limit = perEndpoint - inFlightTo(endpointId).size
      if (limit <= 0 || stopped) continue
      const leaseUntil = new Date(now.getTime() + leaseSeconds * 1000)
      const claimed = await claimDue(db, { endpointId, limit, now, leaseUntil })
      claimed.forEach(begin)
    }
  }

  const wake = () => {
    if (stopped) return
    again = true
    looking ??= (async () => {
      while (again) {
        again = false
        await look().catch((error: unknown) =>
          log.warn({ error: messageOf(error) }, 'no look at due webhooks'),
        )
      }
    })().finally(() => {
      looking = undefined
    })
  }

  return {
    start: () => {
      poll ??= setInterval(wake, pollMilliseconds)
      wake()
    },
    stop: async () => {
      stopped = true
      clearInterval(poll)
      await looking
      await Promise.all([...inFlight.values()].flatMap((those) => [...those]))
    },
  }
}

/** Errors of Postgres carry whole rows beside their message: those stay out of the log. */
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown')

import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import type { Logger } from '../platform/logger'
import {
  afterAnswer,
  allowedInFlight,
  type Breaker,
  type BreakerPolicy,
  closedBreaker,
  isPaused,
} from './channel-breaker'
import type { ChannelWatch } from './channel-watch'
import { type Channel, DeliveryError } from './delivery'
import { dropped, failed, sent, standing } from './outcome'
import { createOutcomeRecorder } from './outcome-recorder'
import { claimDue, type DueMessage, recordOutcomes } from './outgoing-store'
import type { RetryPolicy } from './retry-policy'

/** Times of the dispatcher, apart from retries. A send must end well within its lease. */
export interface LeasePolicy {
  leaseSeconds: number
  sendSeconds: number
}

export const defaultLeasePolicy: LeasePolicy = { leaseSeconds: 60, sendSeconds: 30 }

interface RunnerParts {
  db: Db
  clock: Clock
  log: Logger
  retry: RetryPolicy
  breaker: BreakerPolicy
  lease: LeasePolicy
  random: () => number
  watch: ChannelWatch
}

/** Works off the due messages of one channel; nothing that happens in another one concerns it. */
export interface ChannelRunner {
  /** Looks for due messages now. */
  nudge(): void
  /** Claims no more and resolves when the messages in the air have ended and are recorded. */
  drain(): Promise<void>
}

export function startChannel(channel: Channel, parts: RunnerParts): ChannelRunner {
  const { db, clock } = parts
  const log = parts.log.child({ channel: channel.name })
  const recorder = createOutcomeRecorder((outcomes) => recordOutcomes(db, channel.provider, outcomes), log)
  const inFlight = new Set<Promise<void>>()
  let breaker: Breaker = closedBreaker
  const seen = {
    lastSuccessAt: null as Date | null,
    lastFailureAt: null as Date | null,
    lastFailure: null as string | null,
  }
  let stopped = false
  let claiming: Promise<void> | undefined
  let nudged = false
  let backlog = false

  const deliver = async (message: DueMessage) => {
    const now = clock.now()
    const verdict = standing(message, now)
    if (verdict !== 'send') {
      recorder.add(dropped(message, verdict, now))
      return
    }
    try {
      const accepted = await within(parts.lease.sendSeconds, (signal) => channel.send(message, now, signal))
      noteAnswer(null)
      const ended = clock.now()
      recorder.add(
        accepted === 'not_needed' ? dropped(message, 'skipped', ended) : sent(message, accepted, ended),
      )
    } catch (error) {
      const failure = asFailure(error)
      noteAnswer(failure)
      const outcome = failed(message, failure, clock.now(), parts.retry, parts.random())
      recorder.add(outcome)
      const event = { message: message.id, kind: message.kind, attempt: message.attempt }
      if (outcome.state === 'dead') log.error({ ...event, err: failure.cause, error: outcome.error }, 'dead')
      else log.warn({ ...event, error: outcome.error }, 'message not taken, retried later')
    }
  }

  const tellWatch = () =>
    parts.watch.note({ channel: channel.name, provider: channel.provider, breaker, ...seen })
  tellWatch()

  const noteAnswer = (failure: DeliveryError | null) => {
    const now = clock.now()
    const outage = failure?.outage === true
    if (failure) Object.assign(seen, { lastFailureAt: now, lastFailure: failure.message })
    else seen.lastSuccessAt = now
    const before = breaker
    breaker = afterAnswer(breaker, outage, now, parts.breaker)
    if (isPaused(breaker, now) && breaker !== before) log.warn({ pauses: breaker.pauses }, 'provider is down')
    if (!outage && before.pauses > 0) log.info('provider is back')
    tellWatch()
  }

  const room = (now: Date): number => {
    if (channel.nextOpening(now) > now) return 0
    return allowedInFlight(breaker, channel.concurrency, now) - inFlight.size
  }

  const start = (message: DueMessage) => {
    const ending = deliver(message).finally(() => {
      inFlight.delete(ending)
      // A claim for a single free place would cost a round trip for each message
      if (backlog && inFlight.size <= channel.concurrency / 2) nudge()
    })
    inFlight.add(ending)
  }

  const claim = async () => {
    try {
      // While outcomes cannot be written, more claims would only mean more messages sent twice
      if (recorder.pending > channel.concurrency) await recorder.flush()
      if (recorder.pending > channel.concurrency) return
      const now = clock.now()
      const limit = room(now)
      if (limit <= 0 || stopped) return
      const leaseUntil = new Date(now.getTime() + parts.lease.leaseSeconds * 1000)
      const claimed = await claimDue(db, { channel: channel.name, limit, now, leaseUntil })
      backlog = claimed.length === limit
      claimed.forEach(start)
    } catch (error) {
      backlog = false
      log.warn({ error: messageOf(error) }, 'no claim on due messages')
    }
  }

  const nudge = () => {
    if (stopped) return
    nudged = true
    claiming ??= (async () => {
      while (nudged) {
        nudged = false
        await claim()
      }
    })().finally(() => {
      claiming = undefined
    })
  }

  return {
    nudge,
    drain: async () => {
      stopped = true
      await claiming
      await Promise.all(inFlight)
      await recorder.flush()
    },
  }
}

/** Postgres errors carry whole rows beside their message: those stay out of the log. */
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown')

/** Not AbortSignal.timeout: its timer would go on for each of a hundred thousand messages that are long sent. */
const within = async <T>(seconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const controller = new AbortController()
  const abort = () => controller.abort(new DOMException('No answer in time', 'TimeoutError'))
  const timer = setTimeout(abort, seconds * 1000)
  try {
    return await work(controller.signal)
  } finally {
    clearTimeout(timer)
  }
}

/** A fault of our own (a text that cannot be made) will not mend itself by trying again. */
const asFailure = (error: unknown): DeliveryError => {
  if (error instanceof DeliveryError) return error
  const name = error instanceof Error ? error.name : 'unknown'
  return new DeliveryError(`not rendered: ${name}`, { permanent: true, cause: error })
}

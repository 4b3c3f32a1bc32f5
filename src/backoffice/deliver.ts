import { performance } from 'node:perf_hooks'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Logger } from '../platform/logger'
import { uuidV7 } from '../platform/uuid'
import { type Attempt, errorOf, outcomeOf } from './delivery-outcome'
import { type DueDelivery, recordAttempt } from './delivery-store'
import { signingSecrets } from './endpoint-secret'
import { type EndpointRules, hostOf } from './endpoint-url'
import { type EntryReader, personalWords } from './entry-content'
import { eventTypes, testEventType } from './entry-kind'
import { postWebhook, type WebhookLimits } from './post-webhook'
import { resolveAddress } from './resolve-address'
import { responseExcerpt } from './response-excerpt'
import type { WebhookRetryPolicy } from './retry-policy'
import { signedHeaders } from './signature'
import { asWebhookFailure, WebhookFailure } from './webhook-failure'

export interface DeliveryParts {
  db: Db
  clock: Clock
  log: Logger
  keys: Keys
  readEntry: EntryReader
  rules: EndpointRules
  policy: WebhookRetryPolicy
  limits: WebhookLimits
  random: () => number
}

/** What is sent, and what of it must not be kept with the answer. */
interface Message {
  body: string
  personal: string[]
}

/** Sends a claimed delivery once and writes down what came of it. */
export async function deliver(parts: DeliveryParts, delivery: DueDelivery): Promise<void> {
  const { db, clock, keys, policy, random } = parts
  const at = clock.now()
  const started = performance.now()
  const { attempt, excerpt } = await tryOnce(parts, delivery, at)
  const durationMs = Math.round(performance.now() - started)
  const now = clock.now()
  const id = uuidV7(at)
  const outcome = outcomeOf(delivery, attempt, { now, policy, random: random() })
  await recordAttempt(db, delivery, {
    attempt: {
      id,
      at,
      durationMs,
      status: 'status' in attempt ? attempt.status : null,
      error: errorOf(attempt),
      excerpt: excerpt === '' ? null : keys.seal(excerpt, excerptContext(id)),
    },
    outcome,
    now,
  })
  if (outcome.state === 'failed')
    parts.log.error({ delivery: delivery.id, error: outcome.error }, 'webhook given up')
}

const excerptContext = (attemptId: string) => `webhook.excerpt:${attemptId}`

/** The first words of an answer as they were kept. */
export const readExcerpt = (keys: Keys, attemptId: string, sealed: Buffer): string =>
  keys.unseal(sealed, excerptContext(attemptId))

async function tryOnce(
  parts: DeliveryParts,
  delivery: DueDelivery,
  at: Date,
): Promise<{ attempt: Attempt; excerpt: string }> {
  try {
    const message = await messageOf(parts, delivery)
    const url = new URL(delivery.endpoint.url)
    if (url.protocol !== 'https:' && !parts.rules.plainHttp) throw new WebhookFailure('https_needed')
    const { status, text, retryAfter } = await postWebhook(
      {
        url,
        at: await resolveAddress(hostOf(url), parts.rules.mayBeAt),
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'user-agent': 'e-Wizyta webhooks',
          ...headersOf(parts.keys, delivery, at, message.body),
        },
        body: message.body,
      },
      parts.limits,
    )
    return { attempt: { status, retryAfter }, excerpt: responseExcerpt(text, message.personal) }
  } catch (error) {
    const failure = asWebhookFailure(error)
    if (failure.code === 'unreadable' || failure.code === 'unknown')
      parts.log.error({ delivery: delivery.id, error: nameOf(failure.cause) }, 'webhook not sent')
    return { attempt: { error: failure.code }, excerpt: '' }
  }
}

/** Errors may quote what they could not read: only their kind is logged. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown')

/** The same id at every try of an entry, at every endpoint: receivers know by it what they have already. */
const headersOf = (keys: Keys, { id, entry, endpoint }: DueDelivery, at: Date, body: string) => {
  try {
    return signedHeaders(signingSecrets(keys, endpoint, at), { id: entry?.id ?? id, at, body })
  } catch (error) {
    throw new WebhookFailure('unreadable', error)
  }
}

async function messageOf({ readEntry }: DeliveryParts, delivery: DueDelivery): Promise<Message> {
  const { entry, createdAt } = delivery
  if (!entry) {
    const data = { message: 'e-Wizyta' }
    return { body: JSON.stringify({ type: testEventType, timestamp: createdAt, data }), personal: [] }
  }
  const data = await readEntry(entry).catch((error: unknown) => {
    throw new WebhookFailure('unreadable', error)
  })
  if (!data) throw new WebhookFailure('erased')
  const body = JSON.stringify({ type: eventTypes[entry.kind], timestamp: entry.createdAt, data })
  return { body, personal: personalWords(data) }
}

import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Config } from '../config/config'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import { notFound } from '../platform/http/http-error'
import { recordReport } from './outgoing-store'

interface DeliveryReportServices {
  db: Db
  clock: Clock
  /** SMSAPI signs nothing, so the last part of the address that it calls is a secret; without one nothing answers. */
  config: Pick<Config, 'sms'>
}

/** SMSAPI's final states, by their number and name; queued, accepted, sent and unknown tell us nothing new. */
const finalStates: Record<string, 'delivered' | 'undelivered'> = {
  404: 'delivered',
  DELIVERED: 'delivered',
  402: 'undelivered',
  EXPIRED: 'undelivered',
  405: 'undelivered',
  UNDELIVERED: 'undelivered',
  406: 'undelivered',
  FAILED: 'undelivered',
  407: 'undelivered',
  REJECTED: 'undelivered',
}

/**
 * Delivery reports of SMSAPI. It calls by GET or POST, as its own settings say, so here a GET changes
 * something: only a delivery state, only with the secret, the same one however often. The answer 'OK'
 * stops it from calling again.
 */
export function registerDeliveryReportRoutes(
  app: FastifyInstance,
  { db, clock, config }: DeliveryReportServices,
): void {
  const { callbackSecret } = config.sms
  if (!callbackSecret) return
  app.route<{ Params: { secret: string } }>({
    method: ['GET', 'POST'],
    url: '/zwrotka/smsapi/:secret',
    handler: async (request, reply) => {
      if (!isSame(request.params.secret, callbackSecret.reveal())) throw notFound()
      const now = clock.now()
      for (const report of readReports(request)) await recordReport(db, { ...report, now })
      return reply.type('text/plain').send('OK')
    },
  })
}

const digest = (text: string) => createHash('sha256').update(text).digest()
const isSame = (given: string, secret: string) => timingSafeEqual(digest(given), digest(secret))

/** One call carries one report or several, separated by commas. */
function readReports(request: FastifyRequest) {
  const fields = { ...asFields(request.query), ...asFields(request.body) }
  const list = (name: string) => {
    const value = fields[name]
    return typeof value === 'string' ? value.split(',').map((item) => item.trim()) : []
  }
  const states = list('status')
  return list('idx').flatMap((idx, index) => {
    const state = finalStates[states[index] ?? '']
    const messageId = uuidOf(idx)
    return state && messageId ? [{ messageId, state }] : []
  })
}

const asFields = (given: unknown): Record<string, unknown> =>
  typeof given === 'object' && given !== null ? { ...given } : {}

/** `idx` as we gave it: our id without hyphens. */
const uuidOf = (idx: string): string | undefined =>
  /^[0-9a-f]{32}$/i.test(idx) ? idx.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : undefined

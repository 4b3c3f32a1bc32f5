import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Directory } from '../institution/directory'
import type { MessageQueue } from '../message/queue-messages'
import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import { sendPage } from '../platform/http/page'
import type { StaffTranslator, Translator } from '../platform/i18n/translator'
import type { Keys } from '../platform/keys'
import type { Logger } from '../platform/logger'
import { mayAnywhere } from '../staff/may'
import type { Language } from '../texts/catalogue'
import type { DeskPage } from './pages/desk-frame'
import { deskMessagePage } from './pages/desk-message-page'

/** What the desk's pages are wired with. */
export interface DeskServices {
  db: Db
  bus: Bus
  clock: Clock
  keys: Keys
  log: Logger
  directory: Directory
  translators: Readonly<Record<Language, Translator>>
  staffTexts: StaffTranslator
  queue: MessageQueue
  demo: boolean
  /** Without a trailing slash. */
  publicUrl: string
}

/** The page that answers a signed-in person's request. */
export const deskPageOf = ({ staffTexts, translators }: DeskServices, request: FastifyRequest): DeskPage => ({
  staffTexts,
  texts: translators.pl,
  me: request.staff,
})

/** Says why there is nothing to see here, as JSON to a script. */
export function sendRefusal(
  services: DeskServices,
  request: FastifyRequest,
  reply: FastifyReply,
  reason: 'unknown' | 'not_allowed',
): FastifyReply {
  const message =
    reason === 'unknown'
      ? services.staffTexts.t('desk.visit.notFound')
      : services.translators.pl.t('error.403.staff')
  const status = reason === 'unknown' ? 404 : 403
  if (wantsJson(request)) return reply.code(status).send({ ok: false, reason, message })
  const leadsToDay = mayAnywhere(request.staff, 'see_day')
  return sendPage(reply, deskMessagePage(deskPageOf(services, request), message, leadsToDay), status)
}

/** Sent by a script of ours, which shows the answer itself. */
export const wantsJson = (request: FastifyRequest): boolean => request.headers.accept === 'application/json'
